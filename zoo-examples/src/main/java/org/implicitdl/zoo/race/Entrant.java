package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.LabelSmoothing;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A trainer with a kind of network. Labels are smoothed, for all trainers alike. */
public record Entrant(Architecture architecture, Trainer trainer) {
    /** The share of certainty that is taken out of the labels. */
    public static final double SMOOTHING = 0.1;

    /** A network and what trains it for one more epoch. */
    record Training(MultiLayerNetwork network, Runnable epoch) {}

    /**
     * A training, not begun.
     *
     * @param value of the trainer's hyperparameter
     * @param epochs how many there will be
     * @param seed of the initial weights and of the order of the images
     */
    Training start(ImageSet images, double value, int epochs, long seed) {
        MultiLayerNetwork net = architecture.create(images, trainer.updater(), seed);
        DataSetIterator batches = images.shuffledIterator(trainer.batchSize(images), seed);
        batches.setPreProcessor(new LabelSmoothing(SMOOTHING));
        return new Training(net, trainer.start(net, batches, value, epochs));
    }

    /** The two names. */
    public String name() {
        return architecture.id() + ", " + trainer.id();
    }
}
