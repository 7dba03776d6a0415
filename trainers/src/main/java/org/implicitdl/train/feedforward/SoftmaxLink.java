package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;

/** The softmax p = exp(s)/∑exp(s), whose divergence is the cross-entropy (4): Φ(s) = log ∑exp(s). */
public record SoftmaxLink() implements Link {

    @Override
    public double potential(double[] s, int offset, int n) {
        double max = max(s, offset, n);
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += Math.exp(s[i] - max);
        }
        return max + Math.log(sum);
    }

    @Override
    public void values(double[] s, double[] out, int offset, int n) {
        double max = max(s, offset, n);
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            out[i] = Math.exp(s[i] - max);
            sum += out[i];
        }
        for (int i = offset; i < offset + n; i++) {
            out[i] /= sum;
        }
    }

    /** ∑ x log x, which is 0 for labels that are one-hot. */
    @Override
    public double conjugate(double[] x, int offset, int n) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += x[i] == 0 ? 0 : x[i] < 0 ? Double.POSITIVE_INFINITY : x[i] * Math.log(x[i]);
        }
        return sum;
    }

    /** With π = √p, ∇²Φ = diag(p) − ppᵀ = RRᵀ for R = diag(π)(I − ππᵀ), as I − ππᵀ is a projection. */
    @Override
    public void curvatureFactorTimes(double[] s, double[] values, int offset, Matrix m, Matrix out) {
        int n = m.rows();
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(values[offset + i]);
        }
        for (int j = 0; j < m.cols(); j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += values[offset + i] * m.values()[i + j * n];
            }
            for (int i = 0; i < n; i++) {
                out.values()[i + j * n] = root[i] * (m.values()[i + j * n] - mean);
            }
        }
    }

    @Override
    public Curvature curvature(Matrix s) {
        return new SoftmaxCurvature(values(s));
    }

    /** ½, by Böhning: diag(p) − ppᵀ ≼ ½I. */
    @Override
    public double curvatureBound() {
        return 0.5;
    }

    @Override
    public String toString() {
        return "softmax";
    }

    private static double max(double[] s, int offset, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + n; i++) {
            max = Math.max(max, s[i]);
        }
        return max;
    }
}
