package org.implicitdl.convert;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What DL4J's score is made of: the loss of the output layer, summed or averaged over the batch, and the penalties.
 *
 * @param loss the loss function, a copy
 * @param activation the output layer's activation, a copy: losses are functions of what goes into it
 * @param averaged whether the sum over the samples is divided by their number
 * @param penalty the ℓ₁ and ℓ₂ terms of all layers, whose parameters do not change any more
 */
record Objective(ILossFunction loss, IActivation activation, boolean averaged, double penalty) {

    /** The objective of a network whose last layer has a loss. */
    static Optional<Objective> of(MultiLayerNetwork network) {
        int last = network.getnLayers() - 1;
        Object conf = network.getLayer(last).conf().getLayer();
        double penalty = network.calcRegularizationScore(true);
        if (conf instanceof BaseOutputLayer output) {
            boolean averaged = network.getLayer(last).conf().isMiniBatch();
            return Optional.of(new Objective(
                    Copies.of(output.getLossFn()), Copies.of(output.getActivationFn()), averaged, penalty));
        }
        if (conf instanceof LossLayer output) {
            return Optional.of(
                    new Objective(Copies.of(output.getLossFn()), Copies.of(output.getActivationFn()), true, penalty));
        }
        return Optional.empty();
    }

    /**
     * The score.
     *
     * @param labels [m, q]
     * @param preOutput [m, q], before the activation
     * @param mask [m, 1] or [m, q], or null
     */
    double score(INDArray labels, INDArray preOutput, INDArray mask) {
        double sum = loss.computeScore(labels, preOutput, activation, mask, false);
        return (averaged ? sum / preOutput.size(0) : sum) + penalty;
    }
}
