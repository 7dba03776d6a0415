package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.TanhDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** φ = tanh, with Φ(z) = log cosh z and φ*(x) = ½[(1+x) log(1+x) + (1−x) log(1−x)] on [−1, 1] (8). */
record HyperbolicTangent() implements FenchelActivation {
    private static final double NEAR = 0.5;

    /** By {@code Math.exp}, which the JVM compiles to its own fast code, as it does not {@code Math.tanh}. */
    @Override
    public double value(double z) {
        if (Math.abs(z) < NEAR) {
            return near(z);
        }
        double e = Math.exp(-2 * Math.abs(z));
        return Math.copySign((1 - e) / (1 + e), z);
    }

    @Override
    public double derivative(double z) {
        double e = Math.exp(-2 * Math.abs(z));
        return 4 * e / ((1 + e) * (1 + e));
    }

    /** The continued fraction z/(1 + z²/(3 + z²/(5 + …))) to the term 13: its relative error is below z¹⁴/2.7e11. */
    private static double near(double z) {
        double s = z * z;
        return z * (135135 + s * (17325 + s * (378 + s))) / (135135 + s * (62370 + s * (3150 + s * 28)));
    }

    /** As the default; a loop of its own lets the compiler inline φ whatever other activations are in use. */
    @Override
    public void values(double[] z, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = value(z[i]);
        }
    }

    @Override
    public void valuesAndDerivatives(double[] z, double[] values, double[] derivatives, int from, int to) {
        for (int i = from; i < to; i++) {
            double zi = z[i];
            if (Math.abs(zi) < NEAR) {
                double value = near(zi);
                values[i] = value;
                derivatives[i] = 1 - value * value;
            } else {
                double e = Math.exp(-2 * Math.abs(zi));
                double inverse = 1 / (1 + e);
                values[i] = Math.copySign((1 - e) * inverse, zi);
                derivatives[i] = 4 * e * inverse * inverse;
            }
        }
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float e = SinglePrecision.expMinusOne(2 * z[i]);
            out[i] = e / (2 + e);
        }
    }

    /** 1 − tanh² = 4(1 + e)/(2 + e)² with e = e²ᶻ − 1. */
    @Override
    public void derivatives(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float e = SinglePrecision.expMinusOne(-2 * Math.abs(z[i]));
            out[i] = 4 * (1 + e) / ((2 + e) * (2 + e));
        }
    }

    @Override
    public double potential(double z) {
        double size = Math.abs(z);
        if (size < 1) {
            return logCoshNear(z);
        }
        return size + Logarithms.onePlus(Math.exp(-2 * size)) - Remainders.LOG_2;
    }

    /** log cosh z = log(1 + 2 sinh²(z/2)), without cancellation at 0; the series of sinh to the term h¹⁵. */
    private static double logCoshNear(double z) {
        double h = z / 2;
        double s = h * h;
        double sinh = h
                * (1
                        + s
                                / 6
                                * (1
                                        + s
                                                / 20
                                                * (1
                                                        + s
                                                                / 42
                                                                * (1
                                                                        + s
                                                                                / 72
                                                                                * (1
                                                                                        + s
                                                                                                / 110
                                                                                                * (1
                                                                                                        + s
                                                                                                                / 156
                                                                                                                * (1
                                                                                                                        + s
                                                                                                                                / 210)))))));
        return Logarithms.onePlus(2 * sinh * sinh);
    }

    @Override
    public double conjugate(double x) {
        double size = Math.abs(x);
        if (size >= 1) {
            return size > 1 ? Double.POSITIVE_INFINITY : Remainders.LOG_2;
        }
        if (size <= 0.5) {
            return x * inverse(x) + Logarithms.onePlus(-x * x) / 2;
        }
        return ((1 + x) * Logarithms.onePlus(x) + (1 - x) * Logarithms.onePlus(-x)) / 2;
    }

    @Override
    public double conjugateAt(double v) {
        double size = Math.abs(v);
        if (size < 1) {
            return v * value(v) - logCoshNear(v);
        }
        double e = Math.exp(-2 * size);
        return Remainders.LOG_2 - Logarithms.onePlus(e) - 2 * size * e / (1 + e);
    }

    /** The relative entropy of ½(1+x) with respect to 1/(1 + e⁻²ᶻ). */
    @Override
    public double divergence(double x, double z) {
        if (Math.abs(x) > 1) {
            return Double.POSITIVE_INFINITY;
        }
        double p = (1 + x) / 2;
        double rest = (1 - x) / 2;
        double difference;
        if (Math.abs(z) < NEAR) {
            difference = (x - value(z)) / 2;
        } else {
            difference = z > 0 ? Logistic.sigma(-2 * z) - rest : p - Logistic.sigma(2 * z);
        }
        return Entropy.binary(p, rest, 2 * z, difference);
    }

    @Override
    public double divergenceAt(double v, double z) {
        return Entropy.ofLogits(2 * v, 2 * z);
    }

    @Override
    public double inverse(double x) {
        double size = Math.abs(x);
        if (size > 1) {
            return Double.NaN;
        }
        return Math.copySign(Logarithms.onePlus(2 * size / (1 - size)) / 2, x);
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
        return Nd4j.getExecutioner().exec(new Tanh(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new Tanh(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Nd4j.exec(new TanhDerivative(z, v, Operands.resultFor(z, v)))[0];
    }

    @Override
    public String toString() {
        return "tanh";
    }
}
