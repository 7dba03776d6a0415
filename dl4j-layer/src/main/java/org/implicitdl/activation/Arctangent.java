package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ATan;
import org.nd4j.linalg.factory.Nd4j;

/**
 * φ = arctan, with Φ(z) = z arctan z − ½ log(1 + z²) and φ*(x) = −log cos x on (−π/2, π/2).
 *
 * <p>The double nearest π/2 lies below π/2, inside the domain; there φ* has the finite value 37.3.
 */
record Arctangent() implements FenchelActivation {
    private static final double QUARTER_TURN = Math.PI / 2;

    @Override
    public double value(double z) {
        return Math.atan(z);
    }

    @Override
    public double derivative(double z) {
        return 1 / (1 + z * z);
    }

    @Override
    public double potential(double z) {
        return z * Math.atan(z) - conjugateAt(z);
    }

    @Override
    public double conjugate(double x) {
        double size = Math.abs(x);
        if (size > QUARTER_TURN) {
            return Double.POSITIVE_INFINITY;
        }
        double sin = Math.sin(x);
        return size < Math.PI / 4 ? -Math.log1p(-sin * sin) / 2 : -Math.log(Math.cos(x));
    }

    /** ½ log(1 + v²). */
    @Override
    public double conjugateAt(double v) {
        double size = Math.abs(v);
        return size < 1e10 ? Math.log1p(v * v) / 2 : Math.log(size);
    }

    @Override
    public double divergence(double x, double z) {
        if (Math.abs(x) > QUARTER_TURN) {
            return Double.POSITIVE_INFINITY;
        }
        // With δ = x − φ(z) and cos x/cos φ(z) = cos δ − z sin δ = 1 + t the divergence is −log(1 + t) − zδ
        // = (t − log(1 + t)) + z(sin δ − δ) + 2 sin²(δ/2), small term by term where it is small.
        double delta = x - Math.atan(z);
        double sin = Math.sin(delta);
        double half = Math.sin(delta / 2);
        double t = -(z * sin + 2 * half * half);
        double divergence = t < -0.5
                ? conjugate(x) - conjugateAt(z) - z * delta
                : Remainders.log(t) + z * (sin - delta) + 2 * half * half;
        return Math.max(0, divergence);
    }

    @Override
    public double inverse(double x) {
        double size = Math.abs(x);
        if (size >= QUARTER_TURN) {
            return size > QUARTER_TURN ? Double.NaN : Math.copySign(Double.POSITIVE_INFINITY, x);
        }
        return Math.tan(x);
    }

    @Override
    public double lowerBound() {
        return -QUARTER_TURN;
    }

    @Override
    public double upperBound() {
        return QUARTER_TURN;
    }

    @Override
    public double lipschitz() {
        return 1;
    }

    @Override
    public INDArray apply(INDArray z) {
        return Nd4j.getExecutioner().exec(new ATan(z, Operands.resultFor(z)));
    }

    @Override
    public void transform(INDArray z) {
        Nd4j.getExecutioner().exec(new ATan(z, z));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return Operands.resultFor(z, v).assign(z).muli(z).addi(1).rdivi(v);
    }

    @Override
    public String toString() {
        return "arctan";
    }
}
