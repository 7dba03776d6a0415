package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * Rigorous upper bounds of ‖M‖₂ that cost less than the norm itself, which takes all eigenvalues of MMᵀ.
 *
 * <p>‖M‖₂ < κ is proven by a Cholesky factorization of (κ² − c)I − MMᵀ that runs to its end, where c bounds what
 * rounding may have done (Rump, Verification of positive definiteness, 2006): one product and one factorization.
 */
final class SpectralBound {
    private final double scale;
    private final Matrix gram;
    private final double terms;

    private SpectralBound(double scale, Matrix scaled) {
        this.scale = scale;
        this.gram = Lapack.gram(scaled);
        this.terms = scaled.cols();
    }

    /** Prepares proofs for a matrix of finite numbers by the product MMᵀ. */
    static SpectralBound of(Matrix m) {
        double scale = m.maxAbs();
        Matrix scaled = m.rows() > m.cols() ? m.transpose() : m.copy();
        double[] values = scaled.values();
        for (int i = 0; scale > 0 && i < values.length; i++) {
            values[i] /= scale;
        }
        return new SpectralBound(scale, scaled);
    }

    /** min(‖M‖_F, √(‖M‖₁‖M‖∞)), raised by what rounding may have taken from it. */
    static double quick(Matrix m) {
        double[] rows = new double[m.rows()];
        double largestColumn = 0;
        double[] values = m.values();
        for (int j = 0; j < m.cols(); j++) {
            double column = 0;
            for (int i = 0; i < rows.length; i++) {
                double size = Math.abs(values[i + j * rows.length]);
                rows[i] += size;
                column += size;
            }
            largestColumn = Math.max(largestColumn, column);
        }
        double largestRow = 0;
        for (double row : rows) {
            largestRow = Math.max(largestRow, row);
        }
        // The roots are taken first, so that nothing overflows or vanishes.
        double mean = Math.sqrt(largestColumn) * Math.sqrt(largestRow);
        return Math.min(m.frobeniusNorm(), mean) * (1 + 2 * Rounding.slack(values.length));
    }

    /**
     * The relative distance from the norm above which {@link #isBelow} succeeds at matrices of these sizes, whose entries
     * are all no larger than the bound.
     */
    static double resolution(int rows, int cols) {
        int order = Math.max(rows, cols);
        return Rounding.slack(order) * order;
    }

    /** Whether ‖M‖₂ < κ could be proven. */
    boolean isBelow(double kappa) {
        if (scale == 0) {
            return kappa > 0;
        }
        int n = gram.rows();
        double square = (kappa / scale) * (kappa / scale);
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += gram.get(i, i);
        }
        // Some eigenvalue of MMᵀ is at least the mean of them.
        return trace < n * square && PositiveDefinite.isProven(square, -1, gram, trace * terms / n);
    }

    /** The singular values of M above κ, and their left singular vectors, or the right ones if M has more rows than columns. */
    Lapack.Eigenpairs singularValuesAbove(double kappa) {
        double least = (kappa / scale) * (kappa / scale);
        Lapack.Eigenpairs squares = Lapack.symmetricEigenpairsAbove(least, gram);
        double[] values = squares.values();
        for (int k = 0; k < values.length; k++) {
            values[k] = scale * Math.sqrt(values[k]);
        }
        return new Lapack.Eigenpairs(values, squares.vectors());
    }

    /** A lower bound of ‖M‖₂, near to it in most cases, by the power method. */
    double estimate(int steps) {
        return scale * Math.sqrt(PowerMethod.largestEigenvalue(gram, 0, steps));
    }
}
