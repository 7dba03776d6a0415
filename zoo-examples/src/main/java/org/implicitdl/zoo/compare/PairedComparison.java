package org.implicitdl.zoo.compare;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.zoo.report.MedianInterval;
import org.implicitdl.zoo.report.Statistics;

/** Two trainers on the same splits: the differences of their scores, first minus second, split by split. */
public final class PairedComparison {
    private static final double LEVEL = 0.95;

    private final double[] differences;

    private PairedComparison(double[] differences) {
        this.differences = differences;
    }

    /** @throws IllegalArgumentException if there are no scores, or not as many of both */
    public static PairedComparison of(double[] first, double[] second) {
        if (first.length == 0 || first.length != second.length) {
            throw new IllegalArgumentException("A paired comparison takes as many scores of both, and at least one, but"
                    + " got " + first.length + " and " + second.length + ".");
        }
        return new PairedComparison(IntStream.range(0, first.length)
                .mapToDouble(i -> first[i] - second[i])
                .toArray());
    }

    /** The number of splits. */
    public int count() {
        return differences.length;
    }

    /** How often the first one is better. */
    public int wins() {
        return (int)
                Arrays.stream(differences).filter(difference -> difference > 0).count();
    }

    /** How often the second one is better. */
    public int losses() {
        return (int)
                Arrays.stream(differences).filter(difference -> difference < 0).count();
    }

    /** How often both are equally good. */
    public int ties() {
        return count() - wins() - losses();
    }

    /** The median of the differences. */
    public double median() {
        return Statistics.of(differences).median();
    }

    /** The interval for this median that inverts the sign test, of 95 % where there are splits enough. */
    public MedianInterval interval() {
        return MedianInterval.of(LEVEL, differences);
    }
}
