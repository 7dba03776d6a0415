package org.implicitdl.zoo.synthetic;

import java.util.List;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * The network ŷ(u) = W₃ tanh(W₂ tanh(W₁u)) of §7.1, for any number of layers and without biases.
 *
 * @param weights W₁, W₂, …, each [outputs, inputs]
 */
public record TanhNetwork(List<Matrix> weights) {

    /** Keeps the list, but not copies of the matrices. */
    public TanhNetwork {
        weights = List.copyOf(weights);
    }

    /**
     * The outputs [q, m] for inputs [p, m].
     *
     * @throws org.implicitdl.operator.ShapeException if the inputs do not have as many rows as W₁ has columns
     */
    public Matrix predict(Matrix u) {
        Matrix state = u;
        for (int l = 0; l < weights.size(); l++) {
            state = Lapack.times(weights.get(l), state);
            if (l < weights.size() - 1) {
                double[] values = state.values();
                Activations.tanh().values(values, values, 0, values.length);
            }
        }
        return state;
    }
}
