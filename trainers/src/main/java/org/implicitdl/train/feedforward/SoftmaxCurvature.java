package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;

/**
 * ∇²Φ(s) = diag(p) − ppᵀ of the softmax, with R = diag(√p)(I − √p√pᵀ), as in {@link SoftmaxLink}.
 *
 * @param p the probabilities [n, m]
 */
record SoftmaxCurvature(Matrix p) implements Curvature {

    @Override
    public Matrix times(Matrix t) {
        Matrix product = t.copy();
        int n = p.rows();
        for (int j = 0; j < p.cols(); j++) {
            double mean = mean(t, j);
            for (int i = j * n; i < (j + 1) * n; i++) {
                product.values()[i] = p.values()[i] * (t.values()[i] - mean);
            }
        }
        return product;
    }

    @Override
    public Matrix factorTimes(Matrix t) {
        Matrix product = t.copy();
        int n = p.rows();
        for (int j = 0; j < p.cols(); j++) {
            double along = 0;
            for (int i = j * n; i < (j + 1) * n; i++) {
                along += Math.sqrt(p.values()[i]) * t.values()[i];
            }
            for (int i = j * n; i < (j + 1) * n; i++) {
                double root = Math.sqrt(p.values()[i]);
                product.values()[i] = root * (t.values()[i] - root * along);
            }
        }
        return product;
    }

    @Override
    public Matrix transposeFactorTimes(Matrix t) {
        Matrix product = t.copy();
        int n = p.rows();
        for (int j = 0; j < p.cols(); j++) {
            double mean = mean(t, j);
            for (int i = j * n; i < (j + 1) * n; i++) {
                product.values()[i] = Math.sqrt(p.values()[i]) * (t.values()[i] - mean);
            }
        }
        return product;
    }

    /** pᵀt of a sample. */
    private double mean(Matrix t, int sample) {
        double mean = 0;
        for (int i = sample * p.rows(); i < (sample + 1) * p.rows(); i++) {
            mean += p.values()[i] * t.values()[i];
        }
        return mean;
    }
}
