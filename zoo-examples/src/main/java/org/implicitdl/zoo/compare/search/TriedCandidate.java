package org.implicitdl.zoo.compare.search;

import java.util.Optional;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.Score;

/**
 * A candidate of a search, and how it did.
 *
 * @param number 1, 2, … in the order of training
 * @param settings its network and trainer
 * @param score on the validation rows; empty if it failed
 * @param seconds of its training; NaN if it failed
 * @param failure why it failed; empty if it did not
 */
public record TriedCandidate(int number, FitSettings settings, Optional<Score> score, double seconds, String failure) {

    static TriedCandidate trained(int number, FitSettings settings, Score score, double seconds) {
        return new TriedCandidate(number, settings, Optional.of(score), seconds, "");
    }

    static TriedCandidate failed(int number, FitSettings settings, String failure) {
        return new TriedCandidate(number, settings, Optional.empty(), Double.NaN, failure);
    }
}
