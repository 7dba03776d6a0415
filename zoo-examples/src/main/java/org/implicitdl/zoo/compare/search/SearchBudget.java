package org.implicitdl.zoo.compare.search;

import java.time.Duration;

/**
 * What a search may take, whichever is used up first; one candidate is always trained.
 *
 * @param candidates how many are trained, at least 1
 * @param time after which no further one begins, positive
 */
public record SearchBudget(int candidates, Duration time) {

    /** @throws IllegalArgumentException if there is nothing to spend */
    public SearchBudget {
        if (candidates < 1 || time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("A search takes at least one candidate and a positive time, but got "
                    + candidates + " and " + time + ".");
        }
    }
}
