package org.implicitdl.zoo.classify;

import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the outputs of a classifier are judged by. */
public enum ClassifierLoss {
    /** The cross-entropy of their softmax. */
    CROSS_ENTROPY(LossFunction.MCXENT, Activation.SOFTMAX),

    /** Their mean squared distance from the one-hot label. */
    SQUARED(LossFunction.MSE, Activation.IDENTITY);

    private final LossFunction function;
    private final Activation activation;

    ClassifierLoss(LossFunction function, Activation activation) {
        this.function = function;
        this.activation = activation;
    }

    LossLayer layer() {
        return new LossLayer.Builder(function).activation(activation).build();
    }
}
