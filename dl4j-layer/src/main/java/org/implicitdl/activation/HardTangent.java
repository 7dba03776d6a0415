package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.HardTanhBp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.HardTanh;
import org.nd4j.linalg.factory.Nd4j;

/** Hard tanh φ(z) = min(1, max(−1, z)), with Φ(z) = ½z² or |z| − ½, and φ*(x) = ½x² on [−1, 1]. */
record HardTangent() implements FenchelActivation {

    @Override
    public double value(double z) {
        return Math.min(1, Math.max(-1, z));
    }

    @Override
    public double derivative(double z) {
        return Math.abs(z) <= 1 ? 1 : 0;
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(1, Math.max(-1, z[i]));
        }
    }

    @Override
    public double potential(double z) {
        double size = Math.abs(z);
        return size <= 1 ? z * z / 2 : size - 0.5;
    }

    @Override
    public double conjugate(double x) {
        return Math.abs(x) > 1 ? Double.POSITIVE_INFINITY : x * x / 2;
    }

    @Override
    public double conjugateAt(double v) {
        return conjugate(value(v));
    }

    @Override
    public double divergence(double x, double z) {
        if (Math.abs(x) > 1) {
            return Double.POSITIVE_INFINITY;
        }
        // ½(x − φ(z))² and, where z is clamped, (z − φ(z))(φ(z) − x): both terms are nonnegative.
        double clamped = value(z);
        return (x - clamped) * (x - clamped) / 2 + (z - clamped) * (clamped - x);
    }

    @Override
    public double inverse(double x) {
        return Math.abs(x) > 1 ? Double.NaN : x;
    }

    @Override
    public double lowerBound() {
        return -1;
    }

    @Override
    public double upperBound() {
        return 1;
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
    public INDArray apply(INDArray z) {
        return Nd4j.getExecutioner().exec(new HardTanh(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new HardTanh(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Nd4j.exec(new HardTanhBp(z, v, Operands.resultFor(z, v)))[0];
    }

    @Override
    public String toString() {
        return "hard tanh";
    }
}
