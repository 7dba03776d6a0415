package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinearDerivative;
import org.nd4j.linalg.factory.Nd4j;

/** ReLU φ(z) = max(z, 0), with Φ(z) = ½max(z, 0)² and φ*(x) = ½x² for x ≥ 0 (7). */
record Relu() implements FenchelActivation {

    @Override
    public double value(double z) {
        return Math.max(z, 0);
    }

    /** As the default; a loop of its own lets the compiler inline φ whatever other activations are in use. */
    @Override
    public void values(double[] z, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(z[i], 0);
        }
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(z[i], 0);
        }
    }

    @Override
    public void derivatives(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = z[i] > 0 ? 1 : 0;
        }
    }

    @Override
    public double derivative(double z) {
        return z > 0 ? 1 : 0;
    }

    @Override
    public double potential(double z) {
        return value(z) * value(z) / 2;
    }

    @Override
    public double conjugate(double x) {
        return x < 0 ? Double.POSITIVE_INFINITY : x * x / 2;
    }

    @Override
    public double conjugateAt(double v) {
        return potential(v);
    }

    @Override
    public double divergence(double x, double z) {
        if (x < 0) {
            return Double.POSITIVE_INFINITY;
        }
        return z >= 0 ? (x - z) * (x - z) / 2 : x * x / 2 - x * z;
    }

    @Override
    public double inverse(double x) {
        return x < 0 ? Double.NaN : x;
    }

    @Override
    public double lowerBound() {
        return 0;
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
        return Nd4j.getExecutioner().exec(new RectifiedLinear(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new RectifiedLinear(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Nd4j.exec(new RectifiedLinearDerivative(z, v, Operands.resultFor(z, v)))[0];
    }

    @Override
    public String toString() {
        return "relu";
    }
}
