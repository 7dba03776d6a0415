package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftPlusBp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Softplus φ(z) = log(1 + eᶻ), with Φ(z) = −Li₂(−eᶻ) and φ*(x) = ∫₀ˣ log(eᵗ − 1)dt = ½x² + Li₂(e⁻ˣ) − π²/6 for
 * x ≥ 0.
 */
record Softplus() implements FenchelActivation {

    static double softplus(double z) {
        return Math.max(z, 0) + Logarithms.onePlus(Math.exp(-Math.abs(z)));
    }

    @Override
    public double value(double z) {
        return softplus(z);
    }

    @Override
    public double derivative(double z) {
        return Logistic.sigma(z);
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            float t = 1 + SinglePrecision.expMinusOne(-Math.abs(z[i]));
            out[i] = Math.max(z[i], 0) + SinglePrecision.logOnePlus(t);
        }
    }

    @Override
    public double potential(double z) {
        // For z > 0 by inversion: Li₂(−eᶻ) + Li₂(−e⁻ᶻ) = −π²/6 − ½z².
        return z <= 0 ? lowPotential(z) : z * z / 2 + Dilogarithm.AT_ONE - lowPotential(-z);
    }

    /** −Li₂(−eᶻ) for z ≤ 0. */
    private static double lowPotential(double z) {
        return -Dilogarithm.ofLog(-softplus(z));
    }

    @Override
    public double conjugate(double x) {
        if (x <= 0) {
            return x < 0 ? Double.POSITIVE_INFINITY : 0;
        }
        return x * x / 2 + tail(x);
    }

    /** φ*(x) − ½x² = Li₂(e⁻ˣ) − π²/6 = x log(1 − e⁻ˣ) − Li₂(1 − e⁻ˣ), the latter without cancellation at 0. */
    private static double tail(double x) {
        if (x > Remainders.LOG_2) {
            return Dilogarithm.of(Math.exp(-x)) - Dilogarithm.AT_ONE;
        }
        return x * Math.log(-Math.expm1(-x)) - Dilogarithm.ofLog(x);
    }

    @Override
    public double conjugateAt(double v) {
        if (v <= 0) {
            return v * softplus(v) - lowPotential(v);
        }
        return v * v / 2 + v * Logarithms.onePlus(Math.exp(-v)) - Dilogarithm.AT_ONE + lowPotential(-v);
    }

    @Override
    public double divergence(double x, double z) {
        if (x < 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (x == 0) {
            return potential(z);
        }
        // The squares are gathered before they can cancel; what is left is of the size of 1.
        double rest = z > 0
                ? (x - z) * (x - z) / 2 + tail(x) + (Dilogarithm.AT_ONE - lowPotential(-z))
                : x * x / 2 + tail(x) - x * z + lowPotential(z);
        return Math.max(0, rest);
    }

    @Override
    public double inverse(double x) {
        if (x < 0) {
            return Double.NaN;
        }
        return x < 1 ? Math.log(Math.expm1(x)) : x + Math.log(-Math.expm1(-x));
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
    public double lipschitz() {
        return 1;
    }

    /** Bit for bit DL4J's where that is finite; its log(1 + eᶻ) overflows for z beyond 709, or 88 in single precision. */
    @Override
    public INDArray apply(INDArray z) {
        INDArray result = Operands.resultFor(z);
        if (!overflows(z)) {
            return Nd4j.getExecutioner().exec(new SoftPlus(z, result));
        }
        INDArray low = Transforms.min(z, overflow(z), true);
        return Nd4j.getExecutioner().exec(new SoftPlus(low, result)).addi(z.sub(low));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        INDArray result = Operands.resultFor(z, v);
        INDArray low = overflows(z) ? Transforms.min(z, overflow(z), true) : z;
        return Nd4j.exec(new SoftPlusBp(low, v, result))[0];
    }

    private static boolean overflows(INDArray z) {
        return !z.isEmpty() && z.maxNumber().doubleValue() > overflow(z);
    }

    /** A number whose exponential is finite, while the functions beyond it have become z and 1 to the last digit. */
    private static double overflow(INDArray z) {
        return switch (z.dataType()) {
            case DOUBLE -> 700;
            case HALF -> 10;
            default -> 80;
        };
    }

    @Override
    public String toString() {
        return "softplus";
    }
}
