package org.implicitdl.operator;

import java.util.Arrays;
import org.implicitdl.kernel.Panel;

/**
 * Products of a matrix of few nonzeros with many samples. Up to 64 samples at a time lie side by side, so that each
 * nonzero is read once for all of them, and is multiplied with all of them in a loop that the JVM turns into vector
 * instructions.
 */
final class Lanes {
    /** From this number of samples on, laying them side by side takes less time than it saves. */
    static final int LEAST = 8;

    private static final int WIDTH = 64;

    private final int width;
    /** The numbers j of all samples, an array each: loops over arrays of their own are what the JVM makes vectors of. */
    private final double[][] x;

    private final double[] sums;

    private Lanes(int cols, int width) {
        this.width = width;
        this.x = new double[cols][width];
        this.sums = new double[width];
    }

    /** The rows of a matrix. */
    @FunctionalInterface
    interface Rows {
        /** Calls {@link Lanes#add} for every nonzero of a row. */
        void visit(int row, Lanes sums);
    }

    /** Adds the product Y += MX. */
    static void addTimes(int rows, Rows matrix, Panel from, Panel into) {
        for (int start = 0; start < from.samples(); start += WIDTH) {
            Lanes lanes = new Lanes(from.rows(), Math.min(WIDTH, from.samples() - start));
            lanes.read(from, start);
            for (int i = 0; i < rows; i++) {
                Arrays.fill(lanes.sums, 0);
                matrix.visit(i, lanes);
                for (int s = 0; s < lanes.width; s++) {
                    long at = into.start(start + s) + i;
                    into.numbers().set(at, into.numbers().get(at) + lanes.sums[s]);
                }
            }
        }
    }

    private void read(Panel from, int start) {
        for (int s = 0; s < width; s++) {
            long begin = from.start(start + s);
            for (int j = 0; j < from.rows(); j++) {
                x[j][s] = from.numbers().get(begin + j);
            }
        }
    }

    /** Adds the product of a nonzero in a column with each sample. */
    void add(int column, double value) {
        double[] to = sums;
        double[] from = x[column];
        for (int s = 0; s < to.length; s++) {
            to[s] += value * from[s];
        }
    }
}
