package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;

/** φ(z) = z, with Φ(z) = ½z² and φ*(x) = ½x². */
record Identity() implements FenchelActivation {

    @Override
    public double value(double z) {
        return z;
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        if (z != out) {
            System.arraycopy(z, from, out, from, to - from);
        }
    }

    @Override
    public double derivative(double z) {
        return 1;
    }

    @Override
    public double potential(double z) {
        return z * z / 2;
    }

    @Override
    public double conjugate(double x) {
        return x * x / 2;
    }

    @Override
    public double conjugateAt(double v) {
        return v * v / 2;
    }

    @Override
    public double divergence(double x, double z) {
        return (x - z) * (x - z) / 2;
    }

    @Override
    public double inverse(double x) {
        return x;
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
    public boolean isProjection() {
        return true;
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
        return Operands.resultFor(z).assign(z);
    }

    @Override
    public void applyInPlace(INDArray z) {}

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Operands.resultFor(z, v).assign(v);
    }

    @Override
    public String toString() {
        return "identity";
    }
}
