package org.implicitdl.zoo.race;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How a race is held.
 *
 * @param entrants at least one
 * @param seconds of training for each network, positive
 * @param seeds how many networks each entrant trains, at least 1
 * @param seed that hyperparameters are chosen with; the networks have the next ones
 */
public record RaceSettings(List<Entrant> entrants, double seconds, int seeds, long seed) {
    /** The part of the time that a candidate for a hyperparameter has, and before the first of them the warm-up. */
    private static final double SEARCH = 0.5;

    /** @throws IllegalArgumentException if there is nothing to do, or no time */
    public RaceSettings {
        entrants = List.copyOf(entrants);
        if (entrants.isEmpty() || seeds < 1 || !(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "A race needs at least one trainer, one seed and a positive time, but has " + entrants.size() + ", "
                            + seeds + " and " + seconds + " s.");
        }
    }

    /** The seeds of the networks that count. */
    LongStream runSeeds() {
        return LongStream.rangeClosed(seed + 1, seed + seeds);
    }

    /** Of each network that counts. */
    public Plan plan() {
        return Plan.ofSeconds(seconds);
    }

    /** Of each candidate, and of the warm-up. */
    Plan searchPlan() {
        return Plan.ofSeconds(SEARCH * seconds);
    }

    /**
     * How many trainings there are at least: a warm-up, the candidates that are tried in any case, and the networks that
     * count.
     */
    public int trainings() {
        return entrants.stream()
                .mapToInt(entrant -> 1 + candidates(entrant) + seeds)
                .sum();
    }

    /** The time of these trainings, without that of judging. */
    public double totalSeconds() {
        return seconds
                * entrants.stream()
                        .mapToDouble(entrant -> SEARCH * (1 + candidates(entrant)) + seeds)
                        .sum();
    }

    private static int candidates(Entrant entrant) {
        return entrant.trainer().grid().atFirst().size();
    }
}
