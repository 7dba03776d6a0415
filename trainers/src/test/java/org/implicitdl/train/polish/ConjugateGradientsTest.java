package org.implicitdl.train.polish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.api.Test;

class ConjugateGradientsTest {
    private static final int ORDER = 12;
    private final Matrix s = Lapack.gram(Randoms.gaussian(ORDER, 20, 1, new Random(1)));
    private final Matrix b = Randoms.gaussian(ORDER, 1, 1, new Random(2));
    private final UnaryOperator<double[]> system =
            v -> Lapack.times(s, new Matrix(ORDER, 1, v)).values();

    @Test
    void asManyStepsAsTheOrderSolveTheSystem() {
        double[] x = new ConjugateGradients(ORDER, 0).solve(system, double[]::clone, b.values());
        double[] expected = Lapack.cholesky(s).orElseThrow().solve(b).values();
        assertThat(x).containsExactly(expected, within(1e-9));
    }

    @Test
    void theInverseAsPreconditionerTakesOneStep() {
        Lapack.Cholesky factor = Lapack.cholesky(s).orElseThrow();
        double[] x = new ConjugateGradients(1, 0)
                .solve(
                        system,
                        r -> factor.solve(new Matrix(ORDER, 1, r.clone())).values(),
                        b.values());
        assertThat(x).containsExactly(factor.solve(b).values(), within(1e-12));
    }

    /** The residual is below the accuracy, and was not with one step less. */
    @Test
    void theAccuracyEndsIt() {
        double accuracy = 1e-2;
        double[] x = new ConjugateGradients(ORDER, accuracy).solve(system, double[]::clone, b.values());
        assertThat(residual(x)).isLessThanOrEqualTo(accuracy * b.frobeniusNorm() * (1 + 1e-9));
        int steps = 0;
        while (residual(new ConjugateGradients(steps, 0).solve(system, double[]::clone, b.values()))
                > accuracy * b.frobeniusNorm()) {
            steps++;
        }
        assertThat(steps).isBetween(2, ORDER - 1);
        assertThat(x).isEqualTo(new ConjugateGradients(steps, 0).solve(system, double[]::clone, b.values()));
    }

    @Test
    void zeroIsTheSolutionForZero() {
        assertThat(new ConjugateGradients(5, 0).solve(system, double[]::clone, new double[ORDER]))
                .containsOnly(0);
    }

    private double residual(double[] x) {
        return b.plus(-1, Lapack.times(s, new Matrix(ORDER, 1, x))).frobeniusNorm();
    }
}
