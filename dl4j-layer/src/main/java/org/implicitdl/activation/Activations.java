package org.implicitdl.activation;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** The activations that have a Fenchel divergence (§4.1), and the way to them from DL4J's. */
public final class Activations {
    private Activations() {}

    /** ReLU: max(z, 0) (7). */
    public static FenchelActivation relu() {
        return new Relu();
    }

    /**
     * Leaky ReLU: z for z ≥ 0 and αz below.
     *
     * @throws IllegalArgumentException unless 0 < α < 1
     */
    public static FenchelActivation leakyRelu(double alpha) {
        return new LeakyRelu(alpha);
    }

    /** The hyperbolic tangent (8). */
    public static FenchelActivation tanh() {
        return new HyperbolicTangent();
    }

    /** The logistic sigmoid: 1/(1 + e⁻ᶻ). */
    public static FenchelActivation sigmoid() {
        return new Logistic();
    }

    /**
     * ELU: z for z ≥ 0 and α(eᶻ − 1) below.
     *
     * @throws IllegalArgumentException unless α is positive and finite
     */
    public static FenchelActivation elu(double alpha) {
        return new Elu(alpha);
    }

    /** Hard tanh: min(1, max(−1, z)). */
    public static FenchelActivation hardTanh() {
        return new HardTangent();
    }

    /** Softsign: z/(1 + |z|). */
    public static FenchelActivation softsign() {
        return new Softsign();
    }

    /** The arcus tangens. */
    public static FenchelActivation arctan() {
        return new Arctangent();
    }

    /** Softplus: log(1 + eᶻ). */
    public static FenchelActivation softplus() {
        return new Softplus();
    }

    /** The identity. */
    public static FenchelActivation identity() {
        return new Identity();
    }

    /** One of each, with DL4J's default parameters: α = 0.01 for leaky ReLU and 1 for ELU. */
    public static List<FenchelActivation> all() {
        return List.of(
                relu(),
                leakyRelu(ActivationLReLU.DEFAULT_ALPHA),
                tanh(),
                sigmoid(),
                elu(ActivationELU.DEFAULT_ALPHA),
                hardTanh(),
                softsign(),
                arctan(),
                softplus(),
                identity());
    }

    /**
     * The map of one of DL4J's named activations with its default parameters.
     *
     * @throws IllegalArgumentException as {@link #of(IActivation)}
     */
    public static Activation of(org.nd4j.linalg.activations.Activation activation) {
        return of(Objects.requireNonNull(activation, "The activation is null; give one such as Activation.RELU.")
                .getActivationFunction());
    }

    /**
     * The map of an activation of DL4J: the one with a Fenchel divergence if there is one, {@link Softmax}, a
     * {@link BlockActivation} of {@link ActivationBlocks}, or else {@link Nd4jActivation}.
     *
     * @throws IllegalArgumentException for an activation with parameters or with random values
     */
    public static Activation of(IActivation activation) {
        // By the exact class: a subclass may have overridden what the map is.
        Class<?> type = activation == null ? null : activation.getClass();
        if (type == ActivationReLU.class) {
            return ofRelu((ActivationReLU) activation);
        }
        if (type == ActivationLReLU.class) {
            return ofSlope(((ActivationLReLU) activation).getAlpha(), activation);
        }
        if (type == ActivationELU.class && ((ActivationELU) activation).getAlpha() > 0) {
            return elu(((ActivationELU) activation).getAlpha());
        }
        if (type == ActivationTanH.class) {
            return tanh();
        }
        if (type == ActivationSigmoid.class) {
            return sigmoid();
        }
        if (type == ActivationHardTanH.class) {
            return hardTanh();
        }
        if (type == ActivationSoftSign.class) {
            return softsign();
        }
        if (type == ActivationSoftPlus.class) {
            return softplus();
        }
        if (type == ActivationIdentity.class) {
            return identity();
        }
        if (activation instanceof ActivationBlocks blocks) {
            return blocks.toMap();
        }
        return type == ActivationSoftmax.class ? new Softmax() : Nd4jActivation.of(activation);
    }

    private static Activation ofRelu(ActivationReLU relu) {
        boolean bent = relu.getThreshold() != null && relu.getThreshold() != 0;
        if (bent || relu.getMax() != null) {
            return Nd4jActivation.of(relu);
        }
        return relu.getNegativeSlope() == null ? relu() : ofSlope(relu.getNegativeSlope(), relu);
    }

    private static Activation ofSlope(double slope, IActivation activation) {
        if (slope == 0) {
            return relu();
        }
        return slope > 0 && slope < 1 ? leakyRelu(slope) : Nd4jActivation.of(activation);
    }
}
