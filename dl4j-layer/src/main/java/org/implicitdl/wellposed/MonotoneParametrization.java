package org.implicitdl.wellposed;

import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A = ((1 − m)I − FᵀF + G − Gᵀ)/L with F, G [n, n] (Winston and Kolter, Monotone operator equilibrium networks, 2020,
 * proposition 1, for L = 1). The symmetric part of I − LA is mI + FᵀF, so that I − LA is m-strongly monotone whatever F
 * and G are; and every A with that property can be written so.
 *
 * @param margin m, in (0, 1]
 * @param lipschitz L, a Lipschitz constant of φ, which must be componentwise and nondecreasing
 */
public record MonotoneParametrization(double margin, double lipschitz) implements Parametrization {
    private static final int POWER_STEPS = 10;

    /** @throws IllegalArgumentException unless m is in (0, 1] and L positive and finite */
    public MonotoneParametrization {
        if (!(margin > 0 && margin <= 1)) {
            throw new IllegalArgumentException(
                    "The margin m of strong monotonicity must be above 0 and at most 1, but is " + margin
                            + "; 0.1 is a common choice.");
        }
        if (!(lipschitz > 0) || Double.isInfinite(lipschitz)) {
            throw new IllegalArgumentException("The Lipschitz constant L of φ must be positive and finite, but is "
                    + lipschitz + "; it is 1 for ReLU and tanh.");
        }
    }

    /** For φ that are 1-Lipschitz, such as ReLU and tanh. */
    public static MonotoneParametrization withMargin(double margin) {
        return new MonotoneParametrization(margin, 1);
    }

    @Override
    public List<Parameter> parameters(int n) {
        return List.of(new Parameter("F", n, n), new Parameter("G", n, n));
    }

    @Override
    public INDArray matrix(List<INDArray> parameters) {
        int n = ParameterArguments.finiteOrder(this, parameters);
        INDArray f = contiguous(parameters.get(0));
        INDArray g = parameters.get(1);
        INDArray a = g.dup('f').subi(g.transpose()).muli(1 / lipschitz);
        Nd4j.gemm(f, f, a, true, false, -1 / lipschitz, 1);
        INDArray diagonal = diagonal(a, n);
        diagonal.addi((1 - margin) / lipschitz);
        return a;
    }

    /** F̄ = −F(Ā + Āᵀ)/L and Ḡ = (Ā − Āᵀ)/L. */
    @Override
    public List<INDArray> pullback(List<INDArray> parameters, INDArray gradient) {
        int n = ParameterArguments.order(this, parameters);
        ParameterArguments.gradient(n, gradient);
        INDArray transposed = gradient.transpose().dup('f');
        INDArray g = gradient.sub(transposed).muli(1 / lipschitz);
        INDArray symmetric = transposed.addi(gradient);
        INDArray f = Nd4j.createUninitialized(gradient.dataType(), new long[] {n, n}, 'f');
        Nd4j.gemm(contiguous(parameters.get(0)), symmetric, f, false, false, -1 / lipschitz, 0);
        return List.of(f, g.ordering() == 'f' ? g : g.dup('f'));
    }

    /**
     * The symmetric part of A exceeds ((1 − m)I − FᵀF)/L by rounding only, which is at most u((n + 8)‖F‖_F² + 8‖G‖_F + 8)/L
     * in norm, with a factor of two to spare. Where that does not fit into m, by a Cholesky factorization of A's own.
     */
    @Override
    public Finding test(List<INDArray> parameters, LinearOperator a, Activation phi) {
        int n = ParameterArguments.order(this, parameters);
        ActivationTraits traits = ActivationTraits.of(phi, n);
        double f = parameters.get(0).norm2Number().doubleValue();
        double g = parameters.get(1).norm2Number().doubleValue();
        double rounding = 2 * SetArguments.unit(parameters.get(0)) * ((n + 8) * f * f + 8 * g + 8);
        double bound = 1 - margin + rounding;
        if (!traits.nondecreasing() || !(traits.lipschitz() <= lipschitz) || !(bound < 1)) {
            return WellPosedness.test(Condition.MONOTONE, a, phi);
        }
        double distance =
                SpectralNormStep.estimate(MonotoneCriterion.identityMinus(lipschitz, Matrix.copyOf(a)), POWER_STEPS);
        return Finding.of(new MonotoneCertificate(n, bound / lipschitz, lipschitz, distance));
    }

    private static INDArray contiguous(INDArray x) {
        return x.ordering() == 'f' && x.elementWiseStride() == 1 ? x : x.dup('f');
    }

    private static INDArray diagonal(INDArray a, int n) {
        return Nd4j.create(a.data(), new long[] {n}, new long[] {n + 1}, a.offset(), 'f');
    }
}
