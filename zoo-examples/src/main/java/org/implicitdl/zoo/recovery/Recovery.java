package org.implicitdl.zoo.recovery;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * What a method found in the training data.
 *
 * @param scores [p], larger for inputs that seem to matter more: column norms, or absolute coefficients
 * @param support the inputs that the method says matter, in increasing order
 * @param stateNorm ‖A‖∞ of the model; empty for a model without states
 * @param predictor inputs [p, m] to outputs [q, m]
 */
public record Recovery(
        double[] scores, List<Integer> support, OptionalDouble stateNorm, UnaryOperator<Matrix> predictor) {

    /** The column norms of an implicit model with ReLU, and a support. */
    public static Recovery of(ModelMatrix weights, List<Integer> support) {
        return new Recovery(
                weights.inputNorms(),
                support,
                OptionalDouble.of(stateNorm(weights.a())),
                u -> ImplicitLoss.predict(weights, Activations.relu(), u).orElseThrow());
    }

    private static double stateNorm(Matrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < a.cols(); j++) {
                sum += Math.abs(a.get(i, j));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
