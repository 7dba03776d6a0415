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
record BlockDescent() implements Trainer {
    private static final int BATCH = 500;
    private static final double WEIGHT_DECAY = 0.002;

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
    public List<Double> candidates() {
        return List.of(0.125, 0.25, 0.5, 1.0);
    }

    @Override
    public int largestBatch() {
        return BATCH;
    }

    @Override
    public IUpdater updater() {
        return new NoOp();
    }

    @Override
    public Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, int epochs) {
        BcdTraining training = new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(value).withWeightDecay(WEIGHT_DECAY))
                .sweeps(epochs)
                .build()
                .start(net, batches);
        return () -> {
            int epoch = net.getEpochCount();
            while (net.getEpochCount() == epoch) {
                training.iterate();
            }
        };
    }
}
