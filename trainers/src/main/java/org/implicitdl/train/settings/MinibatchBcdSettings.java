package org.implicitdl.train.settings;

import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.OtherLayers;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Block coordinate descent in minibatches, for networks of dense layers and for those with an implicit layer:
 * {@link BcdTrainer} with {@link MinibatchDescent} as a value.
 *
 * @param epochs how often all samples are seen, at least 1
 * @param batchSize how many samples make one step, in an order that is drawn anew for every epoch; 0 for the batches of the
 *     iterator as they are
 * @param stepLength the length of the steps, positive
 * @param momentum the momentum, at least 0 and below 1
 * @param damping the damping, positive
 * @param ratio the ratio of neighbouring layers' weights in the relaxation, positive
 * @param weightDecay the rate at which weights fade, at least 0
 * @param otherLayers what becomes of layers before and after an implicit one
 */
public record MinibatchBcdSettings(
        @JsonProperty("epochs") int epochs,
        @JsonProperty("batchSize") int batchSize,
        @JsonProperty("stepLength") double stepLength,
        @JsonProperty("momentum") double momentum,
        @JsonProperty("damping") double damping,
        @JsonProperty("ratio") double ratio,
        @JsonProperty("weightDecay") double weightDecay,
        @JsonProperty("otherLayers") OtherLayers otherLayers)
        implements BlockDescentSettings {

    /** @throws IllegalArgumentException if a value is out of its range */
    public MinibatchBcdSettings {
        if (epochs < 1) {
            throw new IllegalArgumentException(
                    "Minibatch block coordinate descent takes at least 1 epoch, but got " + epochs + ".");
        }
        ShuffledBatches.requireSize(batchSize);
        Objects.requireNonNull(otherLayers, "otherLayers");
        descent(stepLength, momentum, damping, ratio, weightDecay);
    }

    /** 10 epochs in batches of 250, and what {@link MinibatchDescent#withDefaults} does. */
    public static MinibatchBcdSettings withDefaults() {
        return new MinibatchBcdSettings(10, 250, 0.3, 0.9, 2, 100, 0, OtherLayers.FIXED);
    }

    /** The same with another number of epochs. */
    public MinibatchBcdSettings withEpochs(int epochs) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another size of the batches. */
    public MinibatchBcdSettings withBatchSize(int batchSize) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another length of the steps. */
    public MinibatchBcdSettings withStepLength(double stepLength) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another momentum. */
    public MinibatchBcdSettings withMomentum(double momentum) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another damping. */
    public MinibatchBcdSettings withDamping(double damping) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another ratio of the layers' weights. */
    public MinibatchBcdSettings withRatio(double ratio) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with another rate at which weights fade. */
    public MinibatchBcdSettings withWeightDecay(double weightDecay) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The same with something else for the layers before and after an implicit one. */
    public MinibatchBcdSettings withOtherLayers(OtherLayers otherLayers) {
        return new MinibatchBcdSettings(
                epochs, batchSize, stepLength, momentum, damping, ratio, weightDecay, otherLayers);
    }

    /** The trainer, which takes the batches as they come. */
    @Override
    public BcdTrainer trainer() {
        return new BcdTrainer.Builder()
                .method(descent(stepLength, momentum, damping, ratio, weightDecay))
                .otherLayers(otherLayers)
                .sweeps(epochs)
                .build();
    }

    private static MinibatchDescent descent(
            double stepLength, double momentum, double damping, double ratio, double weightDecay) {
        return MinibatchDescent.withDefaults()
                .withStepLength(stepLength)
                .withMomentum(momentum)
                .withDamping(damping)
                .withRatio(ratio)
                .withWeightDecay(weightDecay);
    }

    /** Batches of the size, drawn anew for every epoch. */
    @Override
    public DataSetIterator batches(MultiLayerNetwork net, DataSetIterator data) {
        return ShuffledBatches.iterator(net, data, batchSize);
    }

    @Override
    public String trainerName() {
        return "minibatch BCD";
    }

    @Override
    public String toString() {
        return "minibatch BCD(" + Count.of(epochs, "epoch") + ", "
                + (batchSize == 0 ? "given batches" : "batches of " + batchSize) + ", step length " + stepLength
                + ", momentum " + momentum + ", damping " + damping + ", ratio " + ratio + ", weight decay "
                + weightDecay
                + (otherLayers == OtherLayers.FIXED ? "" : ", other layers trained") + ")";
    }
}
