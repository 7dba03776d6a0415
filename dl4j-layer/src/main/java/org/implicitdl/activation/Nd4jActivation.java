package org.implicitdl.activation;

import java.util.Objects;
import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Any other activation of DL4J, as it acts when the network is used (not trained): values and derivatives are ND4J's,
 * its rounding and its overflows included.
 *
 * <p>Immutable as far as the {@link IActivation} is; those of ND4J are. Two are equal if their activations are.
 */
public final class Nd4jActivation implements Activation {
    private static final Set<Class<?>> COMPONENTWISE = Set.of(
            ActivationCube.class,
            ActivationELU.class,
            ActivationGELU.class,
            ActivationHardSigmoid.class,
            ActivationLReLU.class,
            ActivationMish.class,
            ActivationRationalTanh.class,
            ActivationReLU.class,
            ActivationReLU6.class,
            ActivationRectifiedTanh.class,
            ActivationSELU.class,
            ActivationSwish.class,
            ActivationThresholdedReLU.class);

    private final IActivation activation;

    private Nd4jActivation(IActivation activation) {
        this.activation = activation;
    }

    /**
     * The map of an activation of DL4J; {@link Activations#of(IActivation)} knows more about many of them.
     *
     * @throws IllegalArgumentException for an activation with parameters or with random values, which is no function of
     *     its argument alone
     */
    public static Nd4jActivation of(IActivation activation) {
        Objects.requireNonNull(
                activation, "The activation is null; give one of ND4J's, such as new ActivationSwish().");
        if (activation instanceof ActivationRReLU) {
            throw new IllegalArgumentException("The activation " + activation + " takes random slopes in training, and"
                    + " ND4J has no derivative of its form without; use leaky ReLU with the mean slope.");
        }
        if (activation instanceof ActivationPReLU || activation.numParams(1) != 0) {
            throw new IllegalArgumentException("The activation " + activation
                    + " has parameters, and an activation map takes none; use leaky ReLU with a fixed slope.");
        }
        return new Nd4jActivation(activation);
    }

    @Override
    public INDArray apply(INDArray z) {
        Operands.requireMatrix(z);
        return columns(activation.getActivation(rows(z), false));
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        Operands.requireMatrix(z);
        Operands.resultFor(z, v);
        return columns(activation.backprop(rows(z), rows(v)).getFirst());
    }

    /** A copy with samples as rows, which ND4J may overwrite. */
    private static INDArray rows(INDArray z) {
        return Operands.resultFor(z).assign(z).transpose();
    }

    private static INDArray columns(INDArray rows) {
        return rows.ordering() == 'c' ? rows.transpose() : rows.transpose().dup('f');
    }

    /**
     * {@inheritDoc}
     *
     * @return a bound of |φ'| that rounds its largest value up:
     *     <ul>
     *       <li>hard sigmoid 0.2, ReLU6 and rectified tanh 1, SELU 1.0507·1.6733 (below 0), leaky ReLU, ELU and ReLU with
     *           another slope max(1, |α|), as their formulas show.
     *       <li>Swish: φ'' = σ(1−σ)(2 − z tanh(z/2)) has one zero for z > 0, at 2.3994, where φ' = 1.0998; φ'(−z) = 1 −
     *           φ'(z). GELU in its usual form is swish(1.702z)/1.702.
     *       <li>GELU in its precise form, which ND4J computes as zσ(p) with p = √(8/π)(z + (0.044715z)³): φ'' = σ'(p)(2p' +
     *           zp'' − zp'² tanh(p/2)), where zp'² tanh(p/2)/(2p' + zp'') increases for z > 0, so that it has one zero, at
     *           1.5034, where φ' = 1.09992.
     *       <li>Mish, with e = exp(−z): φ' − 1 = 2e²(2z(1 + e) − D)/D², D = 1 + 2e + 2e². For z ≥ 0 it is at most 0.08851,
     *           since z ≤ log 4.4 − 1 + 1/(4.4e), and above −1; for z < 0, φ' lies between zσ(z) ≥ −0.28 and φ(z)/z ≤ 0.6.
     *       <li>Rational tanh, 1.7159(1 − 1/(1 + y + y² + cy⁴)) with y = 2|z|/3 and c = 1.41645, is steepest at 0:
     *           (1 + y + y² + cy⁴)² − 1 − 2y − 4cy³ ≥ y²(3 + (2 − 4c)y + (1 + 2c)y²) ≥ 0.
     *       <li>+∞ for the cube, for ReLU with a threshold, which jumps, and for those that are not ND4J's.
     *     </ul>
     */
    @Override
    public double lipschitz() {
        Class<?> type = activation.getClass();
        if (type == ActivationHardSigmoid.class) {
            return (double) 0.2f; // ND4J's own constant, of single precision.
        }
        if (type == ActivationReLU6.class || type == ActivationRectifiedTanh.class) {
            return 1;
        }
        if (type == ActivationSELU.class) {
            return 1.7580993408473769;
        }
        if (type == ActivationSwish.class || type == ActivationGELU.class) {
            return 1.1;
        }
        if (type == ActivationMish.class) {
            return 1.0886;
        }
        return type == ActivationRationalTanh.class ? 1.144 : lipschitzBySlope();
    }

    private double lipschitzBySlope() {
        Class<?> type = activation.getClass();
        if (type == ActivationLReLU.class) {
            return Math.max(1, Math.abs(((ActivationLReLU) activation).getAlpha()));
        }
        if (type == ActivationELU.class) {
            return Math.max(1, Math.abs(((ActivationELU) activation).getAlpha()));
        }
        if (type == ActivationReLU.class) {
            ActivationReLU relu = (ActivationReLU) activation;
            boolean jumps = relu.getThreshold() != null && relu.getThreshold() != 0;
            double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
            return jumps ? Double.POSITIVE_INFINITY : Math.max(1, Math.abs(slope));
        }
        return Double.POSITIVE_INFINITY;
    }

    /** {@inheritDoc} True of ND4J's own; of an unknown one it cannot be told, so false. */
    @Override
    public boolean isComponentwise() {
        return COMPONENTWISE.contains(activation.getClass());
    }

    /** @throws IllegalArgumentException if it is not known that φ acts on each component alone */
    @Override
    public Activation slice(int from, int to) {
        if (!isComponentwise()) {
            throw new IllegalArgumentException("Whether components " + from + " to " + to + " of the activation "
                    + activation + " depend on others is not known, so they cannot be taken alone.");
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nd4jActivation that && activation.equals(that.activation);
    }

    @Override
    public int hashCode() {
        return activation.hashCode();
    }

    @Override
    public String toString() {
        return activation.toString();
    }
}
