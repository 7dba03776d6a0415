package org.implicitdl.train.polish;

import java.util.function.UnaryOperator;

/**
 * Preconditioned conjugate gradients for a symmetric positive definite system Sx = b, of which products Sv alone are
 * needed (Hestenes and Stiefel, 1952). However early it ends, x minimizes ½xᵀSx − bᵀx over the directions it has seen, so
 * that xᵀSx = bᵀx.
 *
 * @param steps how many products at most
 * @param accuracy the share of ‖b‖ to which the residual ‖b − Sx‖ is to fall
 */
public record ConjugateGradients(int steps, double accuracy) {

    /**
     * The x that is reached from 0.
     *
     * @param system v ↦ Sv; may not keep or change v
     * @param preconditioner r ↦ P⁻¹r for a symmetric positive definite P near S
     * @param right b, which is left as it is
     */
    public double[] solve(UnaryOperator<double[]> system, UnaryOperator<double[]> preconditioner, double[] right) {
        double[] x = new double[right.length];
        double[] residual = right.clone();
        double[] direction = new double[right.length];
        double first = Math.sqrt(dot(residual, residual));
        double previous = 1;
        for (int k = 0; k < steps && Math.sqrt(dot(residual, residual)) > accuracy * first; k++) {
            double[] near = preconditioner.apply(residual);
            double rho = dot(residual, near);
            for (int i = 0; i < x.length; i++) {
                direction[i] = near[i] + (k == 0 ? 0 : rho / previous) * direction[i];
            }
            double[] image = system.apply(direction);
            double curvature = dot(direction, image);
            if (!(curvature > 0)) {
                return x; // S is positive definite, so that what is left is rounding
            }
            double length = rho / curvature;
            for (int i = 0; i < x.length; i++) {
                x[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
            previous = rho;
        }
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
