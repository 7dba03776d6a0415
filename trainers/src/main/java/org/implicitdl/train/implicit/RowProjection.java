package org.implicitdl.train.implicit;

import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.descent.QuadraticFunction;
import org.implicitdl.train.penalty.L1Ball;

/**
 * The projection onto the ℓ₁ ball of rows in the metric of a positive definite M [n, n]: for each row â of a matrix the
 * minimizer of ½(a − â)M(a − â)ᵀ over ‖a‖₁ ≤ κ. Rows in the ball stay as they are; the others take accelerated proximal
 * gradient steps, together, each of which costs no more than a product with M.
 *
 * @param metric M
 * @param largestEigenvalue a bound of those of M
 */
record RowProjection(Matrix metric, double largestEigenvalue) {
    /** Where few samples leave M nearly singular the steps end before its minimum, lower than they began. */
    private static final ProximalGradient STEPS = new ProximalGradient(300, 1e-9);

    static RowProjection inMetric(Matrix metric) {
        double[] eigenvalues = Lapack.symmetricEigenvalues(metric);
        // Exact to rounding; a hair more keeps it a bound.
        return new RowProjection(metric, eigenvalues[eigenvalues.length - 1] * (1 + 1e-10));
    }

    /**
     * @param a [k, n]
     * @param start [k, n], in the ball; no row of the result is farther than that of the start
     */
    Matrix of(Matrix a, Matrix start, L1Ball ball) {
        int[] outside = IntStream.range(0, a.rows())
                .filter(i -> !(absoluteSum(a, i) <= ball.kappa()))
                .toArray();
        if (outside.length == 0) {
            return a;
        }
        Matrix linear = Lapack.times(rows(a, outside), metric);
        QuadraticFunction distance = new QuadraticFunction(metric, linear, 0, largestEigenvalue);
        Matrix from = rows(start, outside);
        Matrix to = STEPS.minimize(distance, ball, from).w();
        Matrix slope = distance.at(
                        Matrix.zeros(to.rows(), to.cols()).add(0.5, from).add(0.5, to))
                .gradient();
        Matrix projected = a.copy();
        for (int i = 0; i < outside.length; i++) {
            // The steps lower the sum over the rows, which need not be that of each if they end early.
            Matrix nearer = isFall(slope, from, to, i) ? to : from;
            projected.write(nearer.part(i, i + 1, 0, nearer.cols()), outside[i], 0);
        }
        return projected;
    }

    /** Whether a row's distance falls: its slope half way tells, since it is quadratic. */
    private static boolean isFall(Matrix slope, Matrix from, Matrix to, int row) {
        double change = 0;
        for (int j = 0; j < slope.cols(); j++) {
            change += slope.get(row, j) * (to.get(row, j) - from.get(row, j));
        }
        return change <= 0;
    }

    private static double absoluteSum(Matrix a, int row) {
        double sum = 0;
        for (int j = 0; j < a.cols(); j++) {
            sum += Math.abs(a.get(row, j));
        }
        return sum;
    }

    private static Matrix rows(Matrix a, int[] rows) {
        Matrix chosen = Matrix.zeros(rows.length, a.cols());
        for (int i = 0; i < rows.length; i++) {
            chosen.write(a.part(rows[i], rows[i] + 1, 0, a.cols()), i, 0);
        }
        return chosen;
    }
}
