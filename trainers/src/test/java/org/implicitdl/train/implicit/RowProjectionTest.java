package org.implicitdl.train.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;

class RowProjectionTest {
    private static final double KAPPA = 0.7;
    private static final L1Ball BALL = L1Ball.ofRows(KAPPA);
    private static final int N = 9;

    /** ⟨g, a⟩ + κ‖g‖∞ bounds how far ½(a − â)M(a − â)ᵀ, of the gradient g, is above its minimum in the ball. */
    @Test
    void itComesToTheMinimumOfEveryRow() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Matrix metric = Lapack.gram(Planted.normal(random, N, 2 * N, 1)).addToDiagonal(0.01);
            Matrix a = Planted.normal(random, N, N, 1);
            Matrix projected = RowProjection.inMetric(metric).of(a, Matrix.zeros(N, N), BALL);

            assertThat(BALL.value(projected)).isZero();
            Matrix gradient = Lapack.times(projected.plus(-1, a), metric);
            for (int i = 0; i < N; i++) {
                double inner = 0;
                double steepest = 0;
                for (int j = 0; j < N; j++) {
                    inner += gradient.get(i, j) * projected.get(i, j);
                    steepest = Math.max(steepest, Math.abs(gradient.get(i, j)));
                }
                assertThat(inner + KAPPA * steepest)
                        .as("seed %d, row %d", seed, i)
                        .isLessThan(1e-6 * steepest);
            }
        }
    }

    /** A metric of few samples, whose minimum takes more steps than there are. */
    @Test
    void noRowIsFartherThanItsStart() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int n = 40;
            Matrix states = Lapack.times(Planted.normal(random, n, n, 1), Planted.normal(random, n, n / 2, 1));
            Matrix metric = Lapack.gram(states).addToDiagonal(1e-6);
            Matrix a = Planted.normal(random, n, n, 1);
            Matrix start = BALL.prox(Planted.normal(random, n, n, 1), 1);

            Matrix projected = RowProjection.inMetric(metric).of(a, start, BALL);

            double[] before = distances(start.plus(-1, a), metric);
            double[] after = distances(projected.plus(-1, a), metric);
            for (int i = 0; i < n; i++) {
                assertThat(after[i]).as("seed %d, row %d", seed, i).isLessThanOrEqualTo(before[i] * (1 + 1e-12));
            }
            assertThat(BALL.value(projected)).isZero();
        }
    }

    /** dMdᵀ of each row. */
    private static double[] distances(Matrix d, Matrix metric) {
        Matrix image = Lapack.times(d, metric);
        double[] distances = new double[d.rows()];
        for (int i = 0; i < d.rows(); i++) {
            for (int j = 0; j < d.cols(); j++) {
                distances[i] += image.get(i, j) * d.get(i, j);
            }
        }
        return distances;
    }

    @Test
    void inTheEuclideanMetricItIsTheProjectionOntoTheBall() {
        Matrix a = Planted.normal(new Random(3), N, N, 1);

        Matrix projected = RowProjection.inMetric(Matrix.identity(N)).of(a, Matrix.zeros(N, N), BALL);

        assertThat(projected.values()).containsExactly(BALL.prox(a, 1).values(), within(1e-9));
    }

    @Test
    void rowsInTheBallStayAsTheyAre() {
        Random random = new Random(5);
        Matrix a = Planted.normal(random, N, N, 1);
        Matrix inside = Planted.normal(random, 1, N, 0.01);
        a.write(inside, 4, 0);
        Matrix metric = Lapack.gram(Planted.normal(random, N, 2 * N, 1));

        Matrix projected = RowProjection.inMetric(metric).of(a, Matrix.zeros(N, N), BALL);

        assertThat(projected.part(4, 5, 0, N)).isEqualTo(inside);
        assertThat(RowProjection.inMetric(metric).of(projected, a, BALL)).isEqualTo(projected);
    }
}
