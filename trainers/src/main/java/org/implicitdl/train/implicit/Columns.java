package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Parallel;

/** Sums of matrices and maps of their columns, which every block of the descent needs. */
final class Columns {
    private Columns() {}

    /** A + B, in the place of A. */
    static Matrix plus(Matrix a, Matrix b) {
        return plus(a, 1, b);
    }

    /** A + tB, in the place of A. */
    static Matrix plus(Matrix a, double t, Matrix b) {
        double[] sum = a.values();
        double[] other = b.values();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += t * other[i];
        }
        return a;
    }

    /** A − B, as a new matrix. */
    static Matrix difference(Matrix a, Matrix b) {
        return plus(a.copy(), -1, b);
    }

    static double squaredNorm(Matrix a) {
        double sum = 0;
        for (double value : a.values()) {
            sum += value * value;
        }
        return sum;
    }

    /** The link of every column. */
    static Matrix values(Link link, Matrix s) {
        Matrix image = Matrix.zeros(s.rows(), s.cols());
        Parallel.overSamples(s.cols(), (from, to) -> {
            for (int j = from; j < to; j++) {
                link.values(s.values(), image.values(), j * s.rows(), s.rows());
            }
        });
        return image;
    }
}
