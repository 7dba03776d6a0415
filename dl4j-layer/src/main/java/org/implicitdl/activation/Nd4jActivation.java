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

    /** The activation of DL4J that this map is; for reading its parameters only. */
    public IActivation function() {
        return activation;
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
     * @return the largest |φ'| where it is known. Hard sigmoid, ReLU6, rectified tanh and SELU (1.0507·1.6733 below 0)
     *     show it. Swish has φ'' = σ(1−σ)(2 − z tanh(z/2)), so |φ'| is largest at ±2.3994, where φ' = 1.0998 and
     *     −0.0998; GELU in its usual form is swish(1.702z)/1.702. Rational tanh, 1.7159(1 − 1/(1 + y + y² + 1.41645y⁴))
     *     in y = 2|z|/3, is steepest at 0: (1 + y + y² + cy⁴)² − 1 − 2y − 4cy³ ≥ y²(3 + (2 − 4c)y + (1 + 2c)y²) ≥ 0.
     *     +∞ for all others.
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
        if (type == ActivationSwish.class || isPlainGelu()) {
            return 1.1;
        }
        return type == ActivationRationalTanh.class ? 1.144 : Double.POSITIVE_INFINITY;
    }

    private boolean isPlainGelu() {
        return activation.getClass() == ActivationGELU.class && !((ActivationGELU) activation).isPrecise();
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
