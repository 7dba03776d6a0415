package org.implicitdl.zoo.report;

import java.util.Arrays;
import java.util.Collection;

/** Mean, spread and quantiles of a sample. A NaN in the sample makes all of them NaN: nothing is left out silently. */
public final class Statistics {
    private final double[] sorted;

    private Statistics(double[] sorted) {
        this.sorted = sorted;
    }

    /** @throws IllegalArgumentException if the sample is empty */
    public static Statistics of(double... sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("Statistics need at least one value, but the sample is empty.");
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return new Statistics(sorted);
    }

    /** @throws IllegalArgumentException if the sample is empty */
    public static Statistics of(Collection<Double> sample) {
        return of(sample.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The number of values. */
    public int count() {
        return sorted.length;
    }

    /** The arithmetic mean. */
    public double mean() {
        return Arrays.stream(sorted).sum() / sorted.length;
    }

    /** The standard deviation with n − 1 in the denominator; 0 for a single value. */
    public double standardDeviation() {
        double mean = mean();
        double squares = Arrays.stream(sorted)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return sorted.length == 1 ? squares : Math.sqrt(squares / (sorted.length - 1));
    }

    /** The median. */
    public double median() {
        return quantile(0.5);
    }

    /**
     * The quantile at level p, linear between the order statistics.
     *
     * @throws IllegalArgumentException if p is not in [0, 1]
     */
    public double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("A quantile's level must be in [0, 1], but is " + p + ".");
        }
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        double position = p * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double weight = position - below;
        // Without the test, an infinite neighbour of weight 0 would give NaN.
        return weight == 0 ? sorted[below] : sorted[below] * (1 - weight) + sorted[above] * weight;
    }
}
