package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network, and what trains it part by part. Belongs to one thread; to be closed. */
public final class Training implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final Course course;
    private final CourseBatches batches;
    private final Runnable part;

    /** @param part trains for one more part of the course */
    Training(MultiLayerNetwork network, Course course, CourseBatches batches, Runnable part) {
        this.network = network;
        this.course = course;
        this.batches = batches;
        this.part = part;
    }

    /** The network, as it is now. */
    public MultiLayerNetwork network() {
        return network;
    }

    /** How far the training is. */
    Course course() {
        return course;
    }

    boolean isOver() {
        return course.isOver();
    }

    /**
     * Trains for one more part.
     *
     * @throws ArithmeticException if the network's numbers are no longer finite
     */
    void runPart() {
        course.run(part);
        if (!Double.isFinite(network.score())) {
            throw new ArithmeticException("The score after " + course.epochs() + " epochs is " + network.score());
        }
    }

    /**
     * Trains to the end.
     *
     * @throws ArithmeticException if the network's numbers are no longer finite
     */
    public void finish() {
        while (!isOver()) {
            runPart();
        }
    }

    @Override
    public void close() {
        batches.close();
    }
}
