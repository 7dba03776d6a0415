package org.implicitdl.operator;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dgetrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgetrs;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.util.Optional;

/** The factors PM = LU of a square matrix by LAPACK, with partial pivoting, ready to solve with. */
public final class Lu {
    private final int order;
    private final double[] factors;
    private final int[] pivots;

    private Lu(int order, double[] factors, int[] pivots) {
        this.order = order;
        this.factors = factors;
        this.pivots = pivots;
    }

    /**
     * Factors a matrix, which is not changed.
     *
     * @return empty if a pivot is exactly zero: the matrix is singular
     * @throws ShapeException if it is not square
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Optional<Lu> of(Matrix m) {
        Lapack.requireSquare(m);
        Lapack.requireFinite(m);
        int order = m.rows();
        double[] factors = m.values().clone();
        int[] pivots = new int[order];
        int info = LAPACKE_dgetrf(LAPACK_COL_MAJOR, order, order, factors, Lapack.ld(order), pivots);
        if (info > 0) {
            return Optional.empty();
        }
        Lapack.succeed("dgetrf", info);
        return Optional.of(new Lu(order, factors, pivots));
    }

    /**
     * The solution X of MX = B.
     *
     * @throws ShapeException if B does not have as many rows as M
     * @throws NonFiniteException if an entry of B is NaN or infinite
     */
    public Matrix solve(Matrix b) {
        return solve('N', b);
    }

    /**
     * The solution X of MᵀX = B.
     *
     * @throws ShapeException if B does not have as many rows as M
     * @throws NonFiniteException if an entry of B is NaN or infinite
     */
    public Matrix solveTransposed(Matrix b) {
        return solve('T', b);
    }

    private Matrix solve(char form, Matrix b) {
        Lapack.requireRightSide(order, b);
        Matrix x = b.copy();
        int ld = Lapack.ld(order);
        int info = LAPACKE_dgetrs(LAPACK_COL_MAJOR, (byte) form, order, x.cols(), factors, ld, pivots, x.values(), ld);
        Lapack.succeed("dgetrs", info);
        return x;
    }
}
