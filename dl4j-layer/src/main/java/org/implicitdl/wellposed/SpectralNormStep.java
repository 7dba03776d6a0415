package org.implicitdl.wellposed;

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
        normalize(v);
        for (int k = 0; k < steps; k++) {
            double[] next = transposeTimes(m, PowerMethod.times(m, v));
            double norm = norm(next);
            if (norm == 0 || !Double.isFinite(norm)) {
                break;
            }
            System.arraycopy(next, 0, v, 0, v.length);
            normalize(v);
        }
        return norm(PowerMethod.times(m, v));
    }

    /** A lower bound of ‖M‖₂, near to it in most cases. */
    static double estimate(Matrix m, int steps) {
        double[] v = new double[m.cols()];
        for (int i = 0; i < v.length; i++) {
            v[i] = 1 + 0.5 * Math.sin(i + 1.0);
        }
        return improve(m, v, steps);
    }

    private static double[] transposeTimes(Matrix m, double[] u) {
        int rows = m.rows();
        double[] values = m.values();
        double[] product = new double[m.cols()];
        for (int j = 0; j < product.length; j++) {
            double sum = 0;
            int start = j * rows;
            for (int i = 0; i < rows; i++) {
                sum += values[start + i] * u[i];
            }
            product[j] = sum;
        }
        return product;
    }

    private static double norm(double[] v) {
        return new Matrix(v.length, 1, v).frobeniusNorm();
    }

    private static void normalize(double[] v) {
        double norm = norm(v);
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
    }
}
