package org.implicitdl.zoo.race;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Statistics;

/**
 * The values of a hyperparameter that were tried for an entrant.
 *
 * @param candidates in the order of their values
 */
public record Search(Entrant entrant, List<Candidate> candidates) {

    /**
     * Tries every value.
     *
     * @param track whose test images are not looked at
     */
    static Search of(Entrant entrant, Track track, Plan plan, long seed) {
        Track blind = track.withoutTest();
        return new Search(
                entrant,
                entrant.trainer().candidates().stream()
                        .map(value -> {
                            Candidate candidate = new Candidate(value, blind.run(entrant, value, plan, seed));
                            track.progress().step();
                            return candidate;
                        })
                        .toList());
    }

    /**
     * The candidate that recognizes the most validation images, of equal ones the smallest.
     *
     * @throws IllegalStateException if the trainings of all candidates failed
     */
    public Candidate best() {
        Candidate best = candidates.stream()
                .max(Comparator.comparingDouble(Candidate::validationAccuracy)
                        .thenComparing(Candidate::value, Comparator.reverseOrder()))
                .orElseThrow();
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

    /** The median time of an epoch; there is one if a {@link #best} one is. */
    double secondsPerEpoch() {
        return Statistics.of(candidates.stream()
                        .flatMapToDouble(candidate -> candidate.curve().epochSeconds())
                        .toArray())
                .median();
    }
}
