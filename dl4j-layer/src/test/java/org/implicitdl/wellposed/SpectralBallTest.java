package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpectralBallTest extends ConvexSetContract {

    @Override
    ConvexSet set() {
        return new SpectralBall(0.8);
    }

    @Override
    boolean holds(INDArray a) {
        return Lapack.svd(Matrix.copyOf(a)).singularValues()[0] <= 0.8;
    }

    /** By polar factors, which Newton's iteration gives without singular values. */
    @Override
    Matrix slowProjection(Matrix a) {
        // With A = QH (polar), the projection is Q·½(H + κI − |H − κI|), and |M| = M·sign(M) for symmetric M.
        int n = a.rows();
        Matrix q = polar(a);
        Matrix h = Lapack.transposeTimes(q, a);
        Matrix shifted = combine(1, h, -0.8, Matrix.identity(n));
        Matrix absolute = Lapack.times(shifted, polar(shifted));
        Matrix half = combine(0.5, combine(1, h, 0.8, Matrix.identity(n)), -0.5, absolute);
        return Lapack.times(q, half);
    }

    /** The orthogonal polar factor by Newton's iteration Q ← ½(Q + Q⁻ᵀ), which for symmetric matrices is the sign. */
    private static Matrix polar(Matrix a) {
        Matrix q = a.copy();
        for (int k = 0; k < 80; k++) {
            q = combine(0.5, q, 0.5, inverse(q).transpose());
        }
        return q;
    }

    private static Matrix inverse(Matrix a) {
        int n = a.rows();
        Matrix inverse = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = Equations.solve(a, unit).orElseThrow();
            for (int i = 0; i < n; i++) {
                inverse.set(i, j, column[i]);
            }
        }
        return inverse;
    }

    private static Matrix combine(double s, Matrix a, double t, Matrix b) {
        Matrix sum = a.copy();
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] = s * a.values()[i] + t * b.values()[i];
        }
        return sum;
    }
}
