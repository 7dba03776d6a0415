package org.implicitdl.operator;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgelsd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotri;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrs;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevr;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.util.Arrays;
import java.util.Optional;

/**
 * Dense linear algebra by LAPACK and BLAS (OpenBLAS, which nd4j-native is linked against): 80 to 200 times faster than
 * ND4J's own solvers at orders of 64 to 256. Arguments are never changed.
 */
public final class Lapack {
    private Lapack() {}

    /** A Cholesky factor U of a symmetric positive definite matrix S = UᵀU, ready to solve with. */
    public static final class Cholesky {
        private final int order;
        private final double[] factor;

        private Cholesky(int order, double[] factor) {
            this.order = order;
            this.factor = factor;
        }

        /**
         * The solution X of SX = B.
         *
         * @throws ShapeException if B does not have as many rows as S
         * @throws NonFiniteException if an entry of B is NaN or infinite
         */
        public Matrix solve(Matrix b) {
            requireRightSide(order, b);
            Matrix x = b.copy();
            succeed(
                    "dpotrs",
                    LAPACKE_dpotrs(
                            LAPACK_COL_MAJOR, (byte) 'U', order, x.cols(), factor, ld(order), x.values(), ld(order)));
            return x;
        }

        /** The inverse S⁻¹, in a third of the time of solving for the identity. */
        public Matrix inverse() {
            Matrix inverse = new Matrix(order, order, factor.clone());
            succeed("dpotri", LAPACKE_dpotri(LAPACK_COL_MAJOR, (byte) 'U', order, inverse.values(), ld(order)));
            mirror(inverse);
            return inverse;
        }
    }

    /** Writes the upper triangle of a square matrix to the lower one. */
    private static void mirror(Matrix upper) {
        int n = upper.rows();
        double[] values = upper.values();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < j; i++) {
                values[j + i * n] = values[i + j * n];
            }
        }
    }

    /**
     * The Cholesky factorization of a symmetric matrix, of which the upper triangle is read.
     *
     * @return empty if the matrix is not positive definite
     * @throws ShapeException if it is not square
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Optional<Cholesky> cholesky(Matrix s) {
        requireSquare(s);
        requireFinite(s);
        double[] factor = s.values().clone();
        int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'U', s.rows(), factor, ld(s.rows()));
        if (info > 0) {
            return Optional.empty();
        }
        succeed("dpotrf", info);
        return Optional.of(new Cholesky(s.rows(), factor));
    }

    /**
     * The X of least Frobenius norm among the minimizers of ‖AX − B‖_F, by singular values: those below
     * max(rows, cols) 2⁻⁵² of the largest are rounding errors, and count as zero.
     *
     * @throws ShapeException if A and B differ in their number of rows
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Matrix leastSquares(Matrix a, Matrix b) {
        if (a.rows() != b.rows()) {
            throw new ShapeException("Least squares takes matrices of equally many rows, but they have " + a.rows()
                    + " and " + b.rows() + ".");
        }
        requireFinite(a);
        requireFinite(b);
        if (a.rows() == 0 || a.cols() == 0 || b.cols() == 0) {
            return Matrix.zeros(a.cols(), b.cols());
        }
        int longest = Math.max(a.rows(), a.cols());
        double[] work = new double[longest * b.cols()];
        for (int j = 0; j < b.cols(); j++) {
            System.arraycopy(b.values(), j * b.rows(), work, j * longest, b.rows());
        }
        double[] singular = new double[Math.min(a.rows(), a.cols())];
        succeed(
                "dgelsd",
                LAPACKE_dgelsd(
                        LAPACK_COL_MAJOR,
                        a.rows(),
                        a.cols(),
                        b.cols(),
                        a.values().clone(),
                        ld(a.rows()),
                        work,
                        ld(longest),
                        singular,
                        longest * Math.ulp(1.0),
                        new int[1]));
        Matrix x = Matrix.zeros(a.cols(), b.cols());
        for (int j = 0; j < b.cols(); j++) {
            System.arraycopy(work, j * longest, x.values(), j * a.cols(), a.cols());
        }
        return x;
    }

    /**
     * A thin singular value decomposition M = U diag(s) Vᵀ.
     *
     * @param u [rows, k] with orthonormal columns, k = min(rows, cols)
     * @param singularValues in decreasing order
     * @param vt [k, cols] with orthonormal rows
     */
    public record Svd(Matrix u, double[] singularValues, Matrix vt) {}

    /**
     * The thin singular value decomposition of a matrix.
     *
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Svd svd(Matrix m) {
        requireFinite(m);
        int k = Math.min(m.rows(), m.cols());
        double[] s = new double[k];
        Matrix u = Matrix.zeros(m.rows(), k);
        Matrix vt = Matrix.zeros(k, m.cols());
        succeed(
                "dgesdd",
                LAPACKE_dgesdd(
                        LAPACK_COL_MAJOR,
                        (byte) 'S',
                        m.rows(),
                        m.cols(),
                        m.values().clone(),
                        ld(m.rows()),
                        s,
                        u.values(),
                        ld(m.rows()),
                        vt.values(),
                        ld(k)));
        return new Svd(u, s, vt);
    }

    /**
     * The eigenvalues of a symmetric matrix, of which the upper triangle is read.
     *
     * @return the eigenvalues in increasing order
     * @throws ShapeException if it is not square
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static double[] symmetricEigenvalues(Matrix s) {
        requireSquare(s);
        requireFinite(s);
        double[] eigenvalues = new double[s.rows()];
        succeed(
                "dsyevd",
                LAPACKE_dsyevd(
                        LAPACK_COL_MAJOR,
                        (byte) 'N',
                        (byte) 'U',
                        s.rows(),
                        s.values().clone(),
                        ld(s.rows()),
                        eigenvalues));
        return eigenvalues;
    }

    /**
     * Some eigenvalues with their eigenvectors.
     *
     * @param values k eigenvalues in increasing order
     * @param vectors [order, k], orthonormal columns in the same order
     */
    public record Eigenpairs(double[] values, Matrix vectors) {}

    /**
     * The eigenvalues above a bound of a symmetric matrix, of which the upper triangle is read, and their eigenvectors.
     *
     * @throws ShapeException if it is not square
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static Eigenpairs symmetricEigenpairsAbove(double bound, Matrix s) {
        requireSquare(s);
        requireFinite(s);
        int n = s.rows();
        int[] found = new int[1];
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        succeed(
                "dsyevr",
                LAPACKE_dsyevr(
                        LAPACK_COL_MAJOR,
                        (byte) 'V',
                        (byte) 'V',
                        (byte) 'U',
                        n,
                        s.values().clone(),
                        ld(n),
                        bound,
                        Double.MAX_VALUE,
                        0,
                        0,
                        0,
                        found,
                        values,
                        vectors,
                        ld(n),
                        new int[2 * ld(n)]));
        int k = found[0];
        return new Eigenpairs(Arrays.copyOf(values, k), new Matrix(n, k, Arrays.copyOf(vectors, n * k)));
    }

    /** The product AB. */
    public static Matrix times(Matrix a, Matrix b) {
        return product(a, false, b, false);
    }

    /** The product AᵀB. */
    public static Matrix transposeTimes(Matrix a, Matrix b) {
        return product(a, true, b, false);
    }

    /** The product ABᵀ. */
    public static Matrix timesTranspose(Matrix a, Matrix b) {
        return product(a, false, b, true);
    }

    /**
     * Adds ABᵀ, over the first columns of A and B, to a matrix in place.
     *
     * @param columns how many columns are taken
     * @throws ShapeException if the sizes do not fit
     */
    public static void addTimesTranspose(Matrix a, Matrix b, int columns, Matrix sum) {
        if (sum.rows() != a.rows() || sum.cols() != b.rows() || columns > Math.min(a.cols(), b.cols())) {
            throw new ShapeException("The product of " + columns + " columns of " + a + " and " + b
                    + " transposed cannot be added to a " + sum + ".");
        }
        cblas_dgemm(
                CblasColMajor,
                CblasNoTrans,
                CblasTrans,
                a.rows(),
                b.rows(),
                columns,
                1.0,
                a.values(),
                ld(a.rows()),
                b.values(),
                ld(b.rows()),
                1.0,
                sum.values(),
                ld(a.rows()));
    }

    /** The symmetric product AAᵀ, both triangles filled. */
    public static Matrix gram(Matrix a) {
        int n = a.rows();
        Matrix gram = Matrix.zeros(n, n);
        double[] g = gram.values();
        cblas_dsyrk(CblasColMajor, CblasUpper, CblasNoTrans, n, a.cols(), 1.0, a.values(), ld(n), 0.0, g, ld(n));
        mirror(gram);
        return gram;
    }

    private static Matrix product(Matrix a, boolean transposeA, Matrix b, boolean transposeB) {
        int rows = transposeA ? a.cols() : a.rows();
        int inner = transposeA ? a.rows() : a.cols();
        int cols = transposeB ? b.rows() : b.cols();
        if (inner != (transposeB ? b.cols() : b.rows())) {
            throw new ShapeException("The product of " + a + (transposeA ? " transposed" : "") + " and " + b
                    + (transposeB ? " transposed" : "") + " does not exist: the inner sizes differ.");
        }
        Matrix c = Matrix.zeros(rows, cols);
        cblas_dgemm(
                CblasColMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                rows,
                cols,
                inner,
                1.0,
                a.values(),
                ld(a.rows()),
                b.values(),
                ld(b.rows()),
                0.0,
                c.values(),
                ld(rows));
        return c;
    }

    /** LAPACK wants a leading dimension of at least 1, also for empty matrices. */
    static int ld(int rows) {
        return Math.max(1, rows);
    }

    static void requireRightSide(int order, Matrix b) {
        if (b.rows() != order) {
            throw new ShapeException("A system of order " + order + " takes a right side of " + order
                    + " rows, but it has " + b.rows() + ".");
        }
        requireFinite(b);
    }

    static void requireSquare(Matrix m) {
        if (m.rows() != m.cols()) {
            throw new ShapeException("A square matrix is needed, but it is [" + m.rows() + ", " + m.cols() + "].");
        }
    }

    static void requireFinite(Matrix m) {
        double[] values = m.values();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new NonFiniteException("The matrix must hold finite numbers, but entry (" + i % m.rows() + ", "
                        + i / m.rows() + ") is " + values[i] + ".");
            }
        }
    }

    static void succeed(String routine, int info) {
        if (info != 0) {
            throw new ArithmeticException("LAPACK's " + routine + " failed with code " + info
                    + (info > 0 ? ": it did not converge." : ": an argument was refused."));
        }
    }
}
