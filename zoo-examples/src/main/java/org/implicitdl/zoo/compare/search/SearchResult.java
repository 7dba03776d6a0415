package org.implicitdl.zoo.compare.search;

import java.util.Comparator;
import java.util.List;
import org.implicitdl.zoo.fit.Score;

/**
 * What a search found.
 *
 * @param candidates all that were tried, in order
 * @param seconds that it took, with all that is not training
 */
public record SearchResult(List<TriedCandidate> candidates, double seconds) {

    /** A copy that nobody else can change. */
    public SearchResult {
        candidates = List.copyOf(candidates);
    }

    /** Those that did not fail, best first: by value, among equal ones by loss, then the first one. */
    public List<TriedCandidate> ranked() {
        return candidates.stream()
                .filter(candidate -> candidate.score().isPresent())
                .sorted(Comparator.comparing(candidate -> candidate.score().orElseThrow(), Score.BEST_FIRST))
                .toList();
    }
}
