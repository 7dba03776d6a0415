package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;

/** A way to train networks, of which one hyperparameter is open. */
public interface Trainer {
    /** In an epoch. */
    int LEAST_UPDATES = 16;

    /** A short name, for the command line, files and tables. */
    String id();

    /** What else there is to say of it, in words. */
    String description();

    /** The name of the hyperparameter. */
    String hyperparameter();

    /** The values among which the best is looked for. */
    Grid grid();

    /** How many images make one update, where there are enough of them. */
    int largestBatch();

    /** How many of these images make one update: fewer than the most where an epoch would have fewer than {@value #LEAST_UPDATES} updates. */
    default int batchSize(ImageSet images) {
        return Math.max(1, Math.min(largestBatch(), images.size() / LEAST_UPDATES));
    }

    /** The updater that the network's configuration needs. */
    IUpdater updater();

    /**
     * A training, not begun.
     *
     * @param net with the updater
     * @param batches which end with a part of the course
     * @param value of the hyperparameter
     * @param course how long the training is to last, in parts
     * @return trains for one more part; to be run until the course is over
     * @throws org.implicitdl.train.UnsupportedNetworkException if the network cannot be trained so
     */
    Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, Course course);
}
