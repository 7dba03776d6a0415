package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.polish.ConjugateGradients;

/**
 * By conjugate gradients within the directions that the faces leave, preconditioned by the diagonal.
 *
 * @param weights diag(w), in the shape of M
 * @param squares the diagonal of H or near it
 */
record IterativeSystem(PredictionJacobian jacobian, Matrix weights, Matrix squares) implements DampedSystem {
    private static final int STEPS = 200;
    private static final double LEAST_ACCURACY = 0.1;
    private static final double ACCURACY = 1e-4;

    /** Where the damping is far from that of a Newton step, a rough solution will do: √(μ/h) for the largest entry h of H. */
    double accuracy(double damping) {
        return Math.max(ACCURACY, Math.min(LEAST_ACCURACY, Math.sqrt(damping / squares.maxAbs())));
    }

    @Override
    public Optional<Matrix> solve(RowFaces faces, Matrix right, double damping) {
        Matrix diagonal = squares.plus(1, weights);
        for (int i = 0; i < diagonal.values().length; i++) {
            diagonal.values()[i] += damping;
        }
        double[] solution = new ConjugateGradients(STEPS, accuracy(damping))
                .solve(
                        v -> faces.projection(hessianTimes(like(right, v), damping))
                                .values(),
                        residual ->
                                faces.inverse(like(right, residual), diagonal).values(),
                        faces.projection(right).values());
        return Optional.of(like(right, solution));
    }

    private static Matrix like(Matrix shape, double[] values) {
        return new Matrix(shape.rows(), shape.cols(), values);
    }

    /** (H + diag(w) + μI)V. */
    private Matrix hessianTimes(Matrix v, double damping) {
        Matrix product = jacobian.transposeTimes(jacobian.times(v));
        for (int i = 0; i < product.values().length; i++) {
            product.values()[i] += (weights.values()[i] + damping) * v.values()[i];
        }
        return product;
    }
}
