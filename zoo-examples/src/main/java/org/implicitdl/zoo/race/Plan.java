package org.implicitdl.zoo.race;

/**
 * How long a training is to last. Its epochs must be known before it begins, as steps get shorter towards the last.
 *
 * @param epochs at least 1
 * @param seconds no epoch begins after so many of training
 */
public record Plan(int epochs, double seconds) {
    /** Epochs do not all take the same time. */
    private static final double RESERVE = 0.1;

    /** @throws IllegalArgumentException if there is no epoch or no time */
    public Plan {
        if (epochs < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException("A training needs at least one epoch and some time, but is to have "
                    + epochs + " and " + seconds + " s.");
        }
    }

    /** So many epochs, whatever time they take. */
    public static Plan ofEpochs(int epochs) {
        return new Plan(epochs, Double.POSITIVE_INFINITY);
    }

    /** As many epochs as fit into a time, with a tenth of it in reserve; at least one. */
    public static Plan within(double seconds, double secondsPerEpoch) {
        double fitting = (1 - RESERVE) * seconds / secondsPerEpoch;
        return new Plan((int) Math.max(1, Math.min(fitting, Integer.MAX_VALUE)), seconds);
    }
}
