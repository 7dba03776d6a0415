package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.polish.ConjugateGradients;
import org.implicitdl.train.polish.DampedDescent;

/**
 * The Gauss–Newton model of ½‖Ŷ − Y‖² + ½∑ⱼwⱼ‖Meⱼ‖²: H = JᵀJ + diag(w). With W = diag(w) + μI its step is W⁻¹(g − Jᵀ(I +
 * JW⁻¹Jᵀ)⁻¹JW⁻¹g) for few samples, which takes a system of their order; for many it comes from conjugate gradients, which
 * take products with J alone.
 */
final class ImplicitSystem implements DampedDescent.QuadraticModel {
    /** How many predictions a factorization takes. */
    static final int DIRECT = 1500;

    private static final ConjugateGradients CONJUGATE_GRADIENTS = new ConjugateGradients(200, 1e-4);

    private final PredictionJacobian jacobian;
    private final double[] weights;
    private final Matrix gradient;
    private final Matrix squares;
    private final Optional<OutputJacobian> factorized;

    ImplicitSystem(PredictionJacobian jacobian, double[] weights, Matrix gradient, int direct) {
        this.jacobian = jacobian;
        this.weights = weights;
        this.gradient = gradient;
        this.squares = jacobian.squares();
        boolean isSmall = (long) jacobian.samples() * jacobian.outputs() <= direct;
        this.factorized = isSmall && jacobian instanceof OutputJacobian stored ? Optional.of(stored) : Optional.empty();
    }

    @Override
    public double[] gradient() {
        return gradient.values();
    }

    @Override
    public double largestDiagonal() {
        return squares.maxAbs();
    }

    @Override
    public Optional<double[]> step(double damping) {
        return factorized.isPresent() ? direct(factorized.orElseThrow(), damping) : Optional.of(iterative(damping));
    }

    private Optional<double[]> direct(OutputJacobian rows, double damping) {
        double[] damped = weights.clone();
        for (int j = 0; j < damped.length; j++) {
            damped[j] += damping;
        }
        Matrix kernel = rows.gram(damped).addToDiagonal(1);
        Matrix h = divided(gradient, damped);
        Matrix image = jacobian.times(h);
        Matrix right = new Matrix(kernel.rows(), 1, image.values());
        return Lapack.cholesky(kernel).map(factor -> {
            Matrix y =
                    new Matrix(image.rows(), image.cols(), factor.solve(right).values());
            Matrix correction = divided(jacobian.transposeTimes(y), damped);
            double[] step = h.values();
            for (int i = 0; i < step.length; i++) {
                step[i] -= correction.values()[i];
            }
            return step;
        });
    }

    private Matrix divided(Matrix m, double[] columns) {
        Matrix divided = m.copy();
        for (int i = 0; i < divided.values().length; i++) {
            divided.values()[i] /= columns[i / m.rows()];
        }
        return divided;
    }

    /** Preconditioned by the diagonal. */
    private double[] iterative(double damping) {
        return CONJUGATE_GRADIENTS.solve(
                v -> hessianTimes(new Matrix(gradient.rows(), gradient.cols(), v), damping),
                residual -> preconditioned(residual, damping),
                gradient.values());
    }

    private double[] hessianTimes(Matrix v, double damping) {
        double[] product = jacobian.transposeTimes(jacobian.times(v)).values();
        for (int i = 0; i < product.length; i++) {
            product[i] += (weights[i / v.rows()] + damping) * v.values()[i];
        }
        return product;
    }

    private double[] preconditioned(double[] residual, double damping) {
        double[] near = new double[residual.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = residual[i] / (squares.values()[i] + weights[i / gradient.rows()] + damping);
        }
        return near;
    }
}
