package org.implicitdl.zoo.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.implicitdl.zoo.report.Decimal;

/**
 * The values of a hyperparameter that were tried for an entrant.
 *
 * @param candidates in the order of their values
 */
public record Search(Entrant entrant, List<Candidate> candidates) {
    /** How many values are tried beyond the first ones, at most. */
    private static final int MOST_BEYOND = 4;

    /**
     * Tries the first values of the entrant's grid, and then the next one beyond them while the best lies at the edge, four
     * at most. Tells of a step for each of the first values.
     *
     * @param track whose test images are not looked at
     */
    static Search of(Entrant entrant, Track track, Plan plan, long seed) {
        Track blind = track.withoutTest();
        DoubleFunction<Candidate> attempt = value -> new Candidate(value, blind.end(entrant, value, plan, seed));
        List<Candidate> tried = new ArrayList<>();
        for (double value : entrant.trainer().grid().atFirst()) {
            tried.add(attempt.apply(value));
            track.progress().step();
        }
        Search search = new Search(entrant, tried);
        for (int i = 0; i < MOST_BEYOND && search.beyond().isPresent(); i++) {
            search = search.with(attempt.apply(search.beyond().getAsDouble()));
        }
        return search;
    }

    private Search with(Candidate another) {
        return new Search(
                entrant,
                Stream.concat(candidates.stream(), Stream.of(another))
                        .sorted(Comparator.comparingDouble(Candidate::value))
                        .toList());
    }

    /** The next value of the grid beyond the best one, if nothing was tried there. A smaller one if all failed. */
    private OptionalDouble beyond() {
        List<Double> values = entrant.trainer().grid().values();
        double best = leader().value();
        int place = values.indexOf(best);
        if (best == candidates.get(0).value() && place > 0) {
            return OptionalDouble.of(values.get(place - 1));
        }
        return best == candidates.get(candidates.size() - 1).value() && place < values.size() - 1
                ? OptionalDouble.of(values.get(place + 1))
                : OptionalDouble.empty();
    }

    private Candidate leader() {
        return candidates.stream()
                .max(Comparator.comparingDouble(Candidate::validationAccuracy)
                        .thenComparing(Candidate::value, Comparator.reverseOrder()))
                .orElseThrow();
    }

    /**
     * The candidate that recognizes the most validation images, of equal ones the smallest.
     *
     * @throws IllegalStateException if the trainings of all candidates failed
     */
    public Candidate best() {
        Candidate best = leader();
        if (best.curve().failure().isPresent()) {
            throw new IllegalStateException("No " + entrant.trainer().hyperparameter() + " of "
                    + candidates.stream()
                            .map(candidate -> Decimal.of(candidate.value()))
                            .collect(Collectors.joining(", "))
                    + " trains " + entrant.architecture().description() + ", by "
                    + entrant.trainer().id()
                    + "; leave this trainer out. The last training ended with: "
                    + candidates.get(candidates.size() - 1).curve().failure().orElseThrow());
        }
        return best;
    }

    /** Whether the best value is the smallest or the largest that was tried, so that a better one may lie beyond. */
    public boolean isAtTheEdge() {
        double value = best().value();
        return candidates.size() > 1
                && (value == candidates.get(0).value()
                        || value == candidates.get(candidates.size() - 1).value());
    }
}
