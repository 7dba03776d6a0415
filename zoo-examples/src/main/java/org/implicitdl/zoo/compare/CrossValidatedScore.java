package org.implicitdl.zoo.compare;

import org.implicitdl.zoo.report.Statistics;

/**
 * A score from cross-validation: the mean of the K splits' scores, and its standard error s/√K with s their standard
 * deviation. (The splits share training rows, so that this error is a little small: the usual one all the same.)
 */
public record CrossValidatedScore(double mean, double standardError) {

    /** @throws IllegalArgumentException if there are no scores */
    public static CrossValidatedScore of(double... scores) {
        Statistics statistics = Statistics.of(scores);
        return new CrossValidatedScore(
                statistics.mean(), statistics.standardDeviation() / Math.sqrt(statistics.count()));
    }

    /** Whether this mean is at least the other one less the other's standard error: the one-standard-error rule. */
    public boolean isWithinOneStandardErrorOf(CrossValidatedScore other) {
        return mean >= other.mean - other.standardError;
    }
}
