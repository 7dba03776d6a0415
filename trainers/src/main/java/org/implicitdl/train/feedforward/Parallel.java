package org.implicitdl.train.feedforward;

import java.util.stream.IntStream;

/**
 * Loops over samples on all processors. The samples are cut into pieces of a fixed size, and sums are taken in their
 * order, so that the result does not depend on the number of threads.
 */
public final class Parallel {
    private static final int PIECE = 64;

    private Parallel() {}

    /** Work on the samples {@code from} (included) to {@code to} (not included). */
    @FunctionalInterface
    public interface Piece {
        void run(int from, int to);
    }

    /** A sum over the samples {@code from} (included) to {@code to} (not included). */
    @FunctionalInterface
    public interface PartialSum {
        double over(int from, int to);
    }

    /** Runs the work on all samples; pieces must not write to the same places. */
    public static void overSamples(int samples, Piece work) {
        pieces(samples).forEach(i -> work.run(i * PIECE, Math.min(samples, (i + 1) * PIECE)));
    }

    /** The sum over all samples. */
    public static double sumOverSamples(int samples, PartialSum sum) {
        double[] parts = pieces(samples)
                .mapToDouble(i -> sum.over(i * PIECE, Math.min(samples, (i + 1) * PIECE)))
                .toArray();
        double total = 0;
        for (double part : parts) {
            total += part;
        }
        return total;
    }

    private static IntStream pieces(int samples) {
        return IntStream.range(0, (samples + PIECE - 1) / PIECE).parallel();
    }
}
