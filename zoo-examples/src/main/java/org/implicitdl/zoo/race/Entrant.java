package org.implicitdl.zoo.race;

import java.util.function.LongSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.LabelSmoothing;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A trainer with a kind of network. Labels are smoothed, for all trainers alike. */
public record Entrant(Architecture architecture, Trainer trainer) {
    /** The share of certainty that is taken out of the labels. */
    public static final double SMOOTHING = 0.1;

    /**
     * A training, not begun.
     *
     * @param value of the trainer's hyperparameter
     * @param seed of the initial weights and of the order of the images
     * @param clock nanoseconds
     */
    public Training start(ImageSet images, double value, Plan plan, long seed, LongSupplier clock) {
        MultiLayerNetwork net = architecture.create(images, trainer.updater(), seed);
        DataSetIterator shuffled = images.shuffledIterator(trainer.batchSize(images), seed);
        shuffled.setPreProcessor(new LabelSmoothing(SMOOTHING));
        Course course = new Course(plan, images.size(), clock);
        CourseBatches batches = new CourseBatches(shuffled, course);
        return new Training(net, course, batches, trainer.start(net, batches, value, course));
    }

    /** The two names. */
    public String name() {
        return architecture.id() + ", " + trainer.id();
    }
}
