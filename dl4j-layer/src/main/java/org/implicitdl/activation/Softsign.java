package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftSignBp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftSign;
import org.nd4j.linalg.factory.Nd4j;

/** Softsign φ(z) = z/(1 + |z|), with Φ(z) = |z| − log(1 + |z|) and φ*(x) = −|x| − log(1 − |x|) on (−1, 1). */
record Softsign() implements FenchelActivation {

    @Override
    public double value(double z) {
        return z / (1 + Math.abs(z));
    }

    @Override
    public double derivative(double z) {
        double root = 1 + Math.abs(z);
        return 1 / (root * root);
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = z[i] / (1 + Math.abs(z[i]));
        }
    }

    @Override
    public double potential(double z) {
        return Remainders.log(Math.abs(z));
    }

    @Override
    public double conjugate(double x) {
        double size = Math.abs(x);
        return size >= 1 ? Double.POSITIVE_INFINITY : Remainders.log(-size);
    }

    @Override
    public double conjugateAt(double v) {
        double size = Math.abs(v);
        return size < 1 ? size * size / (1 + size) - Remainders.log(size) : Math.log1p(size) - size / (1 + size);
    }

    @Override
    public double divergence(double x, double z) {
        double u = Math.abs(x);
        double a = Math.abs(z);
        if (u >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0 != z < 0) {
            return Remainders.log(-u) + Remainders.log(a) + u * a;
        }
        // On one side of 0, f = c − 1 − log c with c = (1 − |x|)(1 + |z|).
        return Remainders.log(a * (1 - u) - u);
    }

    @Override
    public double divergenceAt(double v, double z) {
        if (v >= 0 != z >= 0) {
            return conjugateAt(v) + potential(z) - value(v) * z;
        }
        // c = (1 + |z|)/(1 + |v|).
        return Remainders.log((Math.abs(z) - Math.abs(v)) / (1 + Math.abs(v)));
    }

    @Override
    public double inverse(double x) {
        return Math.abs(x) > 1 ? Double.NaN : x / (1 - Math.abs(x));
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
    public double lipschitz() {
        return 1;
    }

    @Override
    public INDArray apply(INDArray z) {
        return Nd4j.getExecutioner().exec(new SoftSign(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new SoftSign(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Nd4j.exec(new SoftSignBp(z, v, Operands.resultFor(z, v)))[0];
    }

    @Override
    public String toString() {
        return "softsign";
    }
}
