package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/** What is done to every entry of a matrix, always on a copy. */
final class Entries {
    private Entries() {}

    static Matrix scaled(Matrix w, double factor) {
        Matrix scaled = w.copy();
        double[] values = scaled.values();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return scaled;
    }

    /** sign(w) max(|w| − threshold, 0). */
    static Matrix shrunk(Matrix w, double threshold) {
        Matrix shrunk = w.copy();
        double[] values = shrunk.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.copySign(Math.max(Math.abs(values[i]) - threshold, 0), values[i]);
        }
        return shrunk;
    }

    static double absoluteSum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(values[i]);
        }
        return sum;
    }

    static double distance(Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            double difference = a.values()[i] - b.values()[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
