package org.implicitdl.train.bcd;

import java.util.Random;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;

/** A problem of the weight step, with its objective and its gradient written out naively. */
record WeightsFixture(FeedforwardLayer layer, Matrix s, Matrix target, double ridge) {

    /** Random states as targets, every third sample at the ends of the range. */
    static WeightsFixture random(Link link, int n, int p, int samples, double ridge, Random random) {
        FeedforwardLayer layer = Randoms.layer(p, n, false, link, 1, random);
        return new WeightsFixture(
                layer, Randoms.gaussian(p, samples, 1, random), Randoms.targets(link, n, samples, random), ridge);
    }

    double objective(Matrix theta) {
        double sum = 0;
        for (double weight : theta.values()) {
            sum += ridge * weight * weight / 2;
        }
        for (int j = 0; j < s.cols(); j++) {
            double[] z = weightedInput(theta, j);
            sum += layer.link().potential(z, 0, z.length);
            for (int i = 0; i < z.length; i++) {
                sum -= target.get(i, j) * z[i];
            }
        }
        return sum;
    }

    /** The largest component of (φ(ΘS) − X)Sᵀ + ρΘ, relative to the largest of XSᵀ where this exceeds 1. */
    double violation(Matrix theta) {
        Matrix gradient = Matrix.zeros(theta.rows(), theta.cols());
        Matrix cross = Matrix.zeros(theta.rows(), theta.cols());
        for (int j = 0; j < s.cols(); j++) {
            double[] z = weightedInput(theta, j);
            double[] p = new double[z.length];
            layer.link().values(z, p, 0, z.length);
            for (int i = 0; i < z.length; i++) {
                for (int l = 0; l < s.rows(); l++) {
                    gradient.set(i, l, gradient.get(i, l) + (p[i] - target.get(i, j)) * s.get(l, j));
                    cross.set(i, l, cross.get(i, l) + target.get(i, j) * s.get(l, j));
                }
            }
        }
        return gradient.plus(ridge, theta).maxAbs() / Math.max(1, cross.maxAbs());
    }

    private double[] weightedInput(Matrix theta, int sample) {
        double[] z = new double[theta.rows()];
        for (int i = 0; i < z.length; i++) {
            for (int l = 0; l < s.rows(); l++) {
                z[i] += theta.get(i, l) * s.get(l, sample);
            }
        }
        return z;
    }
}
