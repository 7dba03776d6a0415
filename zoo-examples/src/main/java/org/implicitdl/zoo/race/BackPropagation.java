package org.implicitdl.zoo.race;

import java.util.List;
import java.util.function.DoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Deeplearning4j's own training with one of its updaters, whose learning rate falls to zero.
 *
 * @param middle of the rates at the start that are tried first
 * @param newUpdater makes an updater of a rate
 */
public record BackPropagation(String id, double middle, DoubleFunction<IUpdater> newUpdater) implements Trainer {
    private static final int BATCH = 128;
    private static final List<Double> RATES =
            List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);

    @Override
    public String description() {
        return "back-propagation, the learning rate falls on a line to zero";
    }

    @Override
    public String hyperparameter() {
        return "learning rate";
    }

    @Override
    public Grid grid() {
        return Grid.around(middle, RATES);
    }

    @Override
    public int largestBatch() {
        return BATCH;
    }

    @Override
    public IUpdater updater() {
        return newUpdater.apply(middle);
    }

    @Override
    public Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, Course course) {
        // Not in the updater: a copy that DL4J makes of an AdaGrad forgets its schedule.
        net.setLearningRate(new CourseRate(value, course));
        return () -> net.fit(batches);
    }
}
