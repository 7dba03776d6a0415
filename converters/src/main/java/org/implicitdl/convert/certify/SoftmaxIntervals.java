package org.implicitdl.convert.certify;

import org.implicitdl.activation.Softmax;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax: φᵢ = 1/(1 + ∑ₖ≠ᵢ exp(zₖ − zᵢ)) increases with zᵢ and decreases with every other component, so that its
 * extremes on a box lie at corners.
 */
record SoftmaxIntervals(Softmax phi) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        Matrix l = Matrix.copyOf(z.lower());
        Matrix h = Matrix.copyOf(z.upper());
        INDArray lower = corners(l, h);
        INDArray upper = corners(h, l);
        // Exponentials of differences, summed: relative errors grow with the number of terms and their arguments.
        double relative = Outward.sums(l.rows())
                + 0x1p-44 * (1 + z.magnitude().maxNumber().doubleValue());
        return Box.between(lower.muli(Math.max(0, 1 - relative)), upper.muli(1 + relative));
    }

    /** φᵢ at own[i] and others[k], k ≠ i. */
    private static INDArray corners(Matrix own, Matrix others) {
        Matrix values = Matrix.zeros(own.rows(), own.cols());
        for (int j = 0; j < own.cols(); j++) {
            for (int i = 0; i < own.rows(); i++) {
                double sum = 1;
                for (int k = 0; k < own.rows(); k++) {
                    if (k != i) {
                        sum += Math.exp(others.get(k, j) - own.get(i, j));
                    }
                }
                values.set(i, j, 1 / sum);
            }
        }
        return values.toArray(DataType.DOUBLE);
    }

    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return false;
    }
}
