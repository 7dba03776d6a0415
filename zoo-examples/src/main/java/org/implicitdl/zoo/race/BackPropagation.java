package org.implicitdl.zoo.race;

import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.classify.FallingRate;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Deeplearning4j's own training with one of its updaters, whose learning rate falls to zero.
 *
 * @param candidates rates at the start
 * @param newUpdater makes an updater, whose own rate plays no part
 */
record BackPropagation(String id, List<Double> candidates, Supplier<IUpdater> newUpdater) implements Trainer {
    private static final int BATCH = 128;

    @Override
    public String description() {
        return "back-propagation, the learning rate falls on a line to zero";
    }

    @Override
    public String hyperparameter() {
        return "learning rate";
    }

    @Override
    public int largestBatch() {
        return BATCH;
    }

    @Override
    public IUpdater updater() {
        return newUpdater.get();
    }

    @Override
    public Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, int epochs) {
        // Not in the updater: a copy that DL4J makes of an AdaGrad forgets its schedule.
        net.setLearningRate(FallingRate.linear(value, epochs));
        return () -> net.fit(batches);
    }
}
