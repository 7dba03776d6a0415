package org.implicitdl.train.settings;

import java.util.Objects;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.trainer.BaseEarlyStoppingTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's own training: back-propagation with an updater.
 *
 * @param updater such as RMSProp or Adam, with its learning rate
 * @param epochs how often all samples are seen, at least 1
 * @param batchSize how many samples make one update, in an order that is drawn anew for every epoch; 0 for the batches
 *     of the iterator as they are
 * @param l2 DL4J's weight decay by the loss: ½·l2·‖W‖² of every layer that has none of its own; 0 for none
 */
public record BackPropagationSettings(
        @JsonProperty("updater") IUpdater updater,
        @JsonProperty("epochs") int epochs,
        @JsonProperty("batchSize") int batchSize,
        @JsonProperty("l2") double l2)
        implements TrainerSettings {

    /** @throws IllegalArgumentException if there is no epoch, or the batch size or l2 is negative */
    public BackPropagationSettings {
        Objects.requireNonNull(updater, "updater");
        if (epochs < 1) {
            throw new IllegalArgumentException("Back-propagation takes at least 1 epoch, but got " + epochs + ".");
        }
        ShuffledBatches.requireSize(batchSize);
        if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "l2 must be at least 0 and finite, but is " + l2 + "; 0 leaves it out, 1e-4 is a usual value.");
        }
    }

    /** Training without l2. */
    public BackPropagationSettings(IUpdater updater, int epochs, int batchSize) {
        this(updater, epochs, batchSize, 0);
    }

    /** Training on the batches of the iterator as they are. */
    public BackPropagationSettings(IUpdater updater, int epochs) {
        this(updater, epochs, 0);
    }

    @Override
    public void configure(NeuralNetConfiguration.Builder network) {
        network.updater(updater);
        if (l2 > 0) {
            network.l2(l2);
        }
    }

    @Override
    public void fit(MultiLayerNetwork net, DataSetIterator data) {
        net.fit(ShuffledBatches.iterator(net, data, batchSize), epochs);
    }

    @Override
    public BaseEarlyStoppingTrainer<MultiLayerNetwork> earlyStopping(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration, MultiLayerNetwork net, DataSetIterator data) {
        return new EarlyStoppingTrainer(configuration, net, ShuffledBatches.iterator(net, data, batchSize));
    }

    @Override
    public String trainerName() {
        return updater.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return trainerName() + "(" + Count.of(epochs, "epoch") + ", "
                + (batchSize == 0 ? "given batches" : "batches of " + batchSize) + ", learning rate "
                + updater.getLearningRate(0, 0) + (l2 == 0 ? "" : ", l2 " + l2) + ")";
    }
}
