package org.implicitdl.zoo.report;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * The confidence interval for a median that inverts the sign test: from the k-th smallest to the k-th largest of n values,
 * which covers the median of any continuous distribution with probability 1 − 2 P(B ≤ k − 1), B binomial (n, ½).
 *
 * @param coverage this probability; in distributions with ties it is at least that
 */
public record MedianInterval(double low, double high, double coverage) {

    /**
     * The shortest such interval of at least a coverage; the whole range, which covers 1 − 2^(1−n), if there is none.
     *
     * @param level the coverage that is wanted, above 0 and below 1
     * @throws IllegalArgumentException if the sample is empty, or the level out of its range
     */
    public static MedianInterval of(double level, double... sample) {
        if (sample.length == 0 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The interval takes at least one value and a level in (0, 1), but got "
                    + sample.length + " values and the level " + level + ".");
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        BinomialDistribution below = new BinomialDistribution(null, sorted.length, 0.5);
        int k = 1;
        while (1 - 2 * below.cumulativeProbability(k) >= level) {
            k++;
        }
        return new MedianInterval(sorted[k - 1], sorted[sorted.length - k], 1 - 2 * below.cumulativeProbability(k - 1));
    }
}
