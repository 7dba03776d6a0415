package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Leaky ReLU φ(z) = z for z ≥ 0 and αz below, with Φ(z) = ½zφ(z) and φ*(x) = ½xφ⁻¹(x).
 *
 * @param alpha the slope α below 0, in (0, 1)
 */
record LeakyRelu(double alpha) implements FenchelActivation {

    LeakyRelu {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("The slope of leaky ReLU must lie between 0 and 1, but is " + alpha
                    + "; slope 0 is relu(), slope 1 is identity().");
        }
    }

    @Override
    public double value(double z) {
        return z >= 0 ? z : alpha * z;
    }

    @Override
    public double derivative(double z) {
        return z >= 0 ? 1 : alpha;
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        float slope = (float) alpha;
        for (int i = from; i < to; i++) {
            out[i] = Math.max(z[i], 0) + slope * Math.min(z[i], 0);
        }
    }

    @Override
    public double potential(double z) {
        return z * value(z) / 2;
    }

    @Override
    public double conjugate(double x) {
        return x * inverse(x) / 2;
    }

    @Override
    public double conjugateAt(double v) {
        return potential(v);
    }

    @Override
    public double divergence(double x, double z) {
        if (x >= 0 != z >= 0) {
            return conjugate(x) + potential(z) - x * z;
        }
        double difference = x - value(z);
        return difference * difference / (x >= 0 ? 2 : 2 * alpha);
    }

    @Override
    public double inverse(double x) {
        return x >= 0 ? x : x / alpha;
    }

    @Override
    public double lowerBound() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double upperBound() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lipschitz() {
        return 1;
    }

    @Override
    public boolean isPositivelyHomogeneous() {
        return true;
    }

    @Override
    public INDArray apply(INDArray z) {
        return Nd4j.getExecutioner().exec(new LeakyReLU(z, Operands.resultFor(z), alpha));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new LeakyReLU(z, z, alpha));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Operands.resultFor(z, v).assign(v).muli(Operands.slopes(z, alpha));
    }

    @Override
    public String toString() {
        return "leaky relu (slope " + alpha + ")";
    }
}
