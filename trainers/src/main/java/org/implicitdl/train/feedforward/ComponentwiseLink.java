package org.implicitdl.train.feedforward;

import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;

/**
 * A link that acts on each component by an activation of the Fenchel table; the identity is the squared loss.
 *
 * @param activation φ
 */
public record ComponentwiseLink(FenchelActivation activation) implements Link {

    @Override
    public double potential(double[] s, int offset, int n) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += activation.potential(s[i]);
        }
        return sum;
    }

    @Override
    public void values(double[] s, double[] out, int offset, int n) {
        activation.values(s, out, offset, offset + n);
    }

    @Override
    public double conjugate(double[] x, int offset, int n) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += activation.conjugate(x[i]);
        }
        return sum;
    }

    /** By the divergence of each component: the squared loss does not drown in the squares of the labels near its minimum. */
    @Override
    public double loss(Matrix y, Matrix s) {
        int n = s.rows();
        return Parallel.sumOverSamples(s.cols(), (from, to) -> {
            double sum = 0;
            for (int i = from * n; i < to * n; i++) {
                sum += activation.divergence(y.values()[i], s.values()[i]);
            }
            return sum;
        });
    }

    @Override
    public void curvatureFactorTimes(double[] s, double[] values, int offset, Matrix m, Matrix out) {
        int n = m.rows();
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(activation.derivative(s[offset + i]));
        }
        for (int j = 0; j < m.cols(); j++) {
            for (int i = 0; i < n; i++) {
                out.values()[i + j * n] = root[i] * m.values()[i + j * n];
            }
        }
    }

    @Override
    public Curvature curvature(Matrix s) {
        Matrix slopes = Matrix.zeros(s.rows(), s.cols());
        for (int i = 0; i < s.values().length; i++) {
            slopes.values()[i] = activation.derivative(s.values()[i]);
        }
        return new DiagonalCurvature(slopes);
    }

    @Override
    public double curvatureBound() {
        return activation.lipschitz();
    }

    @Override
    public String toString() {
        return activation.toString();
    }
}
