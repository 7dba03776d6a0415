package org.implicitdl.zoo.race;

/**
 * A training of some epochs, each of which is a part.
 *
 * @param epochs at least 1
 */
record EpochPlan(int epochs) implements Plan {

    /** @throws IllegalArgumentException if there is no epoch */
    EpochPlan {
        if (epochs < 1) {
            throw new IllegalArgumentException("A training needs at least one epoch, but is to have " + epochs + ".");
        }
    }

    @Override
    public int parts() {
        return epochs;
    }

    @Override
    public int partsDone(long epochs, double seconds) {
        return (int) Math.min(this.epochs, epochs);
    }

    @Override
    public double share(long epochs, double seconds) {
        return (double) partsDone(epochs, seconds) / this.epochs;
    }
}
