package org.implicitdl.activation;

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

/** The way back from maps to DL4J's activations: {@code Activations.of(Nd4jForms.of(phi))} equals φ. */
final class Nd4jForms {
    private Nd4jForms() {}

    /** @throws IllegalArgumentException if DL4J has no such activation */
    static IActivation of(Activation phi) {
        if (phi instanceof Nd4jActivation other) {
            return other.function();
        }
        if (phi instanceof Softmax) {
            return new ActivationSoftmax();
        }
        if (phi instanceof FenchelActivation fenchel) {
            return of(fenchel);
        }
        throw missing(phi);
    }

    private static IActivation of(FenchelActivation phi) {
        if (phi instanceof Relu) {
            return new ActivationReLU();
        }
        if (phi instanceof LeakyRelu leaky) {
            return new ActivationLReLU(leaky.alpha());
        }
        if (phi instanceof HyperbolicTangent) {
            return new ActivationTanH();
        }
        if (phi instanceof Logistic) {
            return new ActivationSigmoid();
        }
        if (phi instanceof Elu elu) {
            return new ActivationELU(elu.alpha());
        }
        if (phi instanceof HardTangent) {
            return new ActivationHardTanH();
        }
        if (phi instanceof Softsign) {
            return new ActivationSoftSign();
        }
        if (phi instanceof Softplus) {
            return new ActivationSoftPlus();
        }
        if (phi instanceof Identity) {
            return new ActivationIdentity();
        }
        throw missing(phi);
    }

    private static IllegalArgumentException missing(Activation phi) {
        return new IllegalArgumentException("Deeplearning4j has no activation for the map " + phi + "; use one of its"
                + " own, and average instead of max pooling.");
    }
}
