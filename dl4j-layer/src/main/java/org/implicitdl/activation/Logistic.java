package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SigmoidDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** φ(z) = 1/(1 + e⁻ᶻ), with Φ(z) = log(1 + eᶻ) and φ*(x) = x log x + (1−x) log(1−x) on [0, 1]. */
record Logistic() implements FenchelActivation {

    /** 1/(1 + e⁻ᶻ), accurate in both tails. */
    static double sigma(double z) {
        double e = Math.exp(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    @Override
    public double value(double z) {
        return sigma(z);
    }

    @Override
    public double derivative(double z) {
        double e = Math.exp(-Math.abs(z));
        return e / ((1 + e) * (1 + e));
    }

    /** As the default; a loop of its own lets the compiler inline φ whatever other activations are in use. */
    @Override
    public void values(double[] z, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = sigma(z[i]);
        }
    }

    @Override
    public void valuesAndDerivatives(double[] z, double[] values, double[] derivatives, int from, int to) {
        for (int i = from; i < to; i++) {
            double zi = z[i];
            double e = Math.exp(-Math.abs(zi));
            double inverse = 1 / (1 + e);
            values[i] = (zi >= 0 ? 1 : e) * inverse;
            derivatives[i] = e * inverse * inverse;
        }
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float e = SinglePrecision.expMinusOne(z[i]);
            out[i] = (1 + e) / (2 + e);
        }
    }

    /** σ(1 − σ) = (1 + e)/(2 + e)² with e = eᶻ − 1. */
    @Override
    public void derivatives(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float e = SinglePrecision.expMinusOne(-Math.abs(z[i]));
            out[i] = (1 + e) / ((2 + e) * (2 + e));
        }
    }

    @Override
    public double potential(double z) {
        return Softplus.softplus(z);
    }

    @Override
    public double conjugate(double x) {
        if (x < 0 || x > 1) {
            return Double.POSITIVE_INFINITY;
        }
        return x == 0 || x == 1 ? 0 : x * Math.log(x) + (1 - x) * Logarithms.onePlus(-x);
    }

    @Override
    public double conjugateAt(double v) {
        double size = Math.abs(v);
        double e = Math.exp(-size);
        return -size * e / (1 + e) - Logarithms.onePlus(e);
    }

    /** The relative entropy of x with respect to φ(z). */
    @Override
    public double divergence(double x, double z) {
        if (x < 0 || x > 1) {
            return Double.POSITIVE_INFINITY;
        }
        return Entropy.binary(x, 1 - x, z, z > 0 ? sigma(-z) - (1 - x) : x - sigma(z));
    }

    @Override
    public double divergenceAt(double v, double z) {
        return Entropy.ofLogits(v, z);
    }

    @Override
    public double inverse(double x) {
        if (x < 0 || x > 1) {
            return Double.NaN;
        }
        if (x > 0.25 && x < 0.75) {
            return Logarithms.onePlus((2 * x - 1) / (1 - x));
        }
        return x < 0.5 ? Math.log(x / (1 - x)) : -Math.log((1 - x) / x);
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public double upperBound() {
        return 1;
    }

    @Override
    public double lipschitz() {
        return 0.25;
    }

    @Override
    public INDArray apply(INDArray z) {
        return Nd4j.getExecutioner().exec(new Sigmoid(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new Sigmoid(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Nd4j.exec(new SigmoidDerivative(z, v, Operands.resultFor(z, v)))[0];
    }

    @Override
    public String toString() {
        return "sigmoid";
    }
}
