package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/** Proofs by Cholesky factorization that a matrix is positive definite. */
final class PositiveDefinite {
    private PositiveDefinite() {}

    /**
     * Whether shift·I + factor·S ≻ 0 could be proven.
     *
     * <p>A factorization that runs to its end is exact for a matrix that differs by at most γ·trace in norm, γ = (n + 1)u/(1
     * − (n + 1)u) (Rump, Verification of positive definiteness, 2006, (2.4)). That, and the errors of the sums that S
     * consists of, is taken from the shift beforehand, with a factor of four to spare.
     *
     * @param s symmetric, both triangles filled; computed with an error below n + 1 roundings of {@code size}
     * @param size a bound of ∑|sᵢᵢ| and of the norm of the sums of absolute values that the entries of S were made of
     */
    static boolean isProven(double shift, double factor, Matrix s, double size) {
        int n = s.rows();
        double error = 0.5 * Rounding.slack(n) * (n * Math.abs(shift) + 2 * Math.abs(factor) * size);
        Matrix sum = s.copy();
        double[] values = sum.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        for (int i = 0; i < n; i++) {
            double diagonal = sum.get(i, i) + (shift - error);
            if (!(diagonal > 0) || diagonal == Double.POSITIVE_INFINITY) {
                return false;
            }
            sum.set(i, i, diagonal);
        }
        return Lapack.cholesky(sum).isPresent();
    }
}
