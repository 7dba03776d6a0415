package org.implicitdl.zoo.race;

/**
 * How long a training is to last: a number of epochs or a time, in equal parts. Steps get shorter towards its end, so that
 * it must be known before the training begins.
 */
public sealed interface Plan permits EpochPlan, TimePlan {

    /** So many epochs, whatever time they take. */
    static Plan ofEpochs(int epochs) {
        return new EpochPlan(epochs);
    }

    /** As many steps as fit into a time, in seconds of training. */
    static Plan ofSeconds(double seconds) {
        return new TimePlan(seconds);
    }

    /** In how many parts the training comes, after each of which its network may be judged. */
    int parts();

    /**
     * How many of the parts are over; {@link #parts()} once the training is.
     *
     * @param epochs that are finished
     * @param seconds of training so far
     */
    int partsDone(long epochs, double seconds);

    /**
     * The share of the training that is over, from 0 to 1.
     *
     * @param epochs that are finished
     * @param seconds of training so far
     */
    double share(long epochs, double seconds);
}
