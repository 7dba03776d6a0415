package org.implicitdl.zoo.race;

import java.util.function.LongSupplier;

/**
 * How far a training has come by its plan. Its clock runs only while the training does; it belongs to the thread that
 * trains.
 */
public final class Course {
    private static final double NANOS = 1e9;

    private final Plan plan;
    private final int images;
    private final LongSupplier clock;
    private long imagesSeen;
    private long nanos;
    private long since;
    private boolean running;
    private int part;

    /**
     * @param images of an epoch
     * @param clock nanoseconds
     */
    Course(Plan plan, int images, LongSupplier clock) {
        this.plan = plan;
        this.images = images;
        this.clock = clock;
    }

    /** The number of parts of the training. */
    public int parts() {
        return plan.parts();
    }

    /** The share of the training that is over, from 0 to 1. */
    public double share() {
        return plan.share(finishedEpochs(), seconds());
    }

    /** The seconds of training so far. */
    public double seconds() {
        return (nanos + (running ? clock.getAsLong() - since : 0)) / NANOS;
    }

    /** The epochs so far, with the share of the last one that is done. */
    public double epochs() {
        return (double) imagesSeen / images;
    }

    boolean isOver() {
        return partsDone() == plan.parts();
    }

    boolean isPartOver() {
        return partsDone() > part || isOver();
    }

    boolean isBetweenEpochs() {
        return imagesSeen % images == 0;
    }

    /** Makes the part the current one that follows those that are done. */
    void beginPart() {
        part = partsDone();
    }

    /** To be told of images once they have been trained on. */
    void saw(int some) {
        imagesSeen += some;
    }

    /** Runs a piece of the training, by the clock. */
    void run(Runnable piece) {
        since = clock.getAsLong();
        running = true;
        try {
            piece.run();
        } finally {
            nanos += clock.getAsLong() - since;
            running = false;
        }
    }

    private int partsDone() {
        return plan.partsDone(finishedEpochs(), seconds());
    }

    private long finishedEpochs() {
        return imagesSeen / images;
    }
}
