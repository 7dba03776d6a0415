package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/** The power method on MᵀM. */
final class SpectralNormStep {
    private SpectralNormStep() {}

    /**
     * Improves an approximation of the first right singular vector.
     *
     * @param v the approximation, replaced by a better one of length 1
     * @return ‖Mv‖₂ after it, a lower bound of ‖M‖₂
     */
    static double improve(Matrix m, double[] v, int steps) {
        Matrix vector = new Matrix(v.length, 1, v);
        normalize(v);
        for (int k = 0; k < steps; k++) {
            Matrix next = Lapack.transposeTimes(m, Lapack.times(m, vector));
            double norm = next.frobeniusNorm();
            if (norm == 0 || !Double.isFinite(norm)) {
                break;
            }
            System.arraycopy(next.values(), 0, v, 0, v.length);
            normalize(v);
        }
        return Lapack.times(m, vector).frobeniusNorm();
    }

    private static void normalize(double[] v) {
        double norm = new Matrix(v.length, 1, v).frobeniusNorm();
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
    }
}
