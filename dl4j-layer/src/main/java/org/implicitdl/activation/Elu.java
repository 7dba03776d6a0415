package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.EluBp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ELU;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ELU φ(z) = z for z ≥ 0 and α(eᶻ − 1) below, with Φ(z) = ½z² or α(eᶻ − 1 − z), and φ*(x) = ½x² for x ≥ 0 and
 * (α + x) log(1 + x/α) − x for −α ≤ x < 0: the supremum of xz − Φ(z) is taken at z = log(1 + x/α).
 *
 * @param alpha the value −α that φ falls to, α > 0
 */
record Elu(double alpha) implements FenchelActivation {

    Elu {
        Operands.requirePositive("alpha of ELU", alpha);
    }

    @Override
    public double value(double z) {
        return z >= 0 ? z : alpha * Math.expm1(z);
    }

    @Override
    public double derivative(double z) {
        return z >= 0 ? 1 : alpha * Math.exp(z);
    }

    @Override
    public void values(float[] z, float[] out, int from, int to) {
        float scale = (float) alpha;
        for (int i = from; i < to; i++) {
            out[i] = Math.max(z[i], 0) + scale * SinglePrecision.expMinusOne(Math.min(z[i], 0));
        }
    }

    @Override
    public double potential(double z) {
        return z >= 0 ? z * z / 2 : alpha * Remainders.exp(z);
    }

    @Override
    public double conjugate(double x) {
        if (x < -alpha) {
            return Double.POSITIVE_INFINITY;
        }
        return x >= 0 ? x * x / 2 : alpha * Remainders.entropy(x / alpha);
    }

    @Override
    public double conjugateAt(double v) {
        if (v >= 0) {
            return v * v / 2;
        }
        return alpha * (v > -0.5 ? v * Math.expm1(v) - Remainders.exp(v) : 1 + Math.exp(v) * (v - 1));
    }

    @Override
    public double divergence(double x, double z) {
        if (x < -alpha) {
            return Double.POSITIVE_INFINITY;
        }
        if (x >= 0 && z >= 0) {
            return (x - z) * (x - z) / 2;
        }
        if (x >= 0 || z >= 0) {
            return conjugate(x) + potential(z) - x * z;
        }
        // With u = 1 + x/α and q = eᶻ the divergence is α(u log(u/q) − u + q).
        return alpha * Entropy.term(1 + x / alpha, Math.exp(z), x / alpha - Math.expm1(z), z);
    }

    @Override
    public double divergenceAt(double v, double z) {
        if (v >= 0 || z >= 0) {
            return divergence(value(v), z);
        }
        double p = Math.exp(v);
        double q = Math.exp(z);
        return alpha * Entropy.term(p, q, Math.max(p, q) * Math.signum(v - z) * -Math.expm1(-Math.abs(v - z)), z);
    }

    @Override
    public double inverse(double x) {
        if (x < -alpha) {
            return Double.NaN;
        }
        return x >= 0 ? x : Math.log1p(x / alpha);
    }

    @Override
    public double lowerBound() {
        return -alpha;
    }

    @Override
    public double upperBound() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lipschitz() {
        return Math.max(1, alpha);
    }

    @Override
    public INDArray apply(INDArray z) {
        return Nd4j.exec(new ELU(z, Operands.resultFor(z), alpha))[0];
    }

    /** With the factor α, which DL4J's own back-propagation leaves out. */
    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        INDArray result = Nd4j.exec(new EluBp(z, v, Operands.resultFor(z, v), 1))[0];
        return alpha == 1 ? result : result.muli(Operands.slopes(z, alpha));
    }

    @Override
    public String toString() {
        return alpha == 1 ? "elu" : "elu (alpha " + alpha + ")";
    }
}
