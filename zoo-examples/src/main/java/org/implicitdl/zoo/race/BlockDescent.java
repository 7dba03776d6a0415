package org.implicitdl.zoo.race;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.BcdTraining;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** Block coordinate descent on one batch after the other, whose steps get shorter to the end. */
public record BlockDescent() implements Trainer {
    private static final int BATCH = 500;
    private static final double WEIGHT_DECAY = 0.002;
    private static final List<Double> LENGTHS =
            List.of(1.0 / 64, 1.0 / 32, 1.0 / 16, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0);

    @Override
    public String id() {
        return "bcd";
    }

    @Override
    public String description() {
        return "minibatch block coordinate descent, weights decay by " + WEIGHT_DECAY
                + " of the step, which falls to zero";
    }

    @Override
    public String hyperparameter() {
        return "step length";
    }

    @Override
    public Grid grid() {
        return Grid.around(0.5, LENGTHS);
    }

    @Override
    public int largestBatch() {
        return BATCH;
    }

    @Override
    public IUpdater updater() {
        return new NoOp();
    }

    /** What the training takes for a sweep is a part of the course, an epoch or not. */
    @Override
    public Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, Course course) {
        BcdTraining training = new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(value).withWeightDecay(WEIGHT_DECAY))
                .sweeps(course.parts())
                .build()
                .start(net, batches);
        return new Sweeps(net, training)::next;
    }
}
