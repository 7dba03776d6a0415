package org.implicitdl.zoo.race;

/**
 * A training for a time, whose tenths are its parts.
 *
 * @param seconds of training, positive
 */
record TimePlan(double seconds) implements Plan {
    private static final int PARTS = 10;

    /** @throws IllegalArgumentException if there is no time, or no end of it */
    TimePlan {
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "A training needs a time that is positive and finite, but is to have " + seconds + " s.");
        }
    }

    @Override
    public int parts() {
        return PARTS;
    }

    @Override
    public int partsDone(long epochs, double seconds) {
        return (int) (PARTS * share(epochs, seconds));
    }

    @Override
    public double share(long epochs, double seconds) {
        return Math.min(1, seconds / this.seconds);
    }
}
