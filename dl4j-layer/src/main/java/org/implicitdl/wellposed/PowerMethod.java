package org.implicitdl.wellposed;

import org.implicitdl.operator.Matrix;

/** The power method on symmetric matrices, in plain loops: at these sizes a call of BLAS would copy the matrix first. */
final class PowerMethod {
    private PowerMethod() {}

    /**
     * A lower bound of the largest eigenvalue of S, by the iteration with S + shift·I.
     *
     * @param s symmetric, both triangles filled
     * @param shift makes the largest eigenvalue also the largest in size; otherwise the bound may be far from it
     */
    static double largestEigenvalue(Matrix s, double shift, int steps) {
        int n = s.rows();
        double[] v = start(s);
        double quotient = 0;
        for (int k = 0; k < steps; k++) {
            double[] next = times(s, v);
            double product = 0;
            double square = 0;
            for (int i = 0; i < n; i++) {
                product += next[i] * v[i];
                next[i] += shift * v[i];
                square += next[i] * next[i];
            }
            quotient = k == 0 ? product : Math.max(quotient, product);
            double norm = Math.sqrt(square);
            if (norm == 0 || !Double.isFinite(norm)) {
                break;
            }
            for (int i = 0; i < n; i++) {
                v[i] = next[i] / norm;
            }
        }
        return quotient;
    }

    /** Of length 1, and with a part in every direction. */
    private static double[] start(Matrix s) {
        double[] v = new double[s.rows()];
        double square = 0;
        for (int i = 0; i < v.length; i++) {
            v[i] = 1 + 0.5 * Math.sin(i + 1.0);
            square += v[i] * v[i];
        }
        for (int i = 0; i < v.length; i++) {
            v[i] /= Math.sqrt(square);
        }
        return v;
    }

    /** Mv, column by column. */
    static double[] times(Matrix m, double[] v) {
        int rows = m.rows();
        double[] values = m.values();
        double[] product = new double[rows];
        for (int j = 0; j < v.length; j++) {
            double factor = v[j];
            int start = j * rows;
            for (int i = 0; i < rows; i++) {
                product[i] += factor * values[start + i];
            }
        }
        return product;
    }
}
