package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The state step for every hidden activation below every link; the seeds are fixed. */
class StateStepTest {
    private static final double[] RATIOS = {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-6};
    /** Gains of the next layer's weights: 30 drives every saturating link to its ends. */
    private static final double[] GAINS = {1, 30};
    /** The next layer of equal size, narrower, wider, and single units. */
    private static final int[][] SIZES = {{5, 5}, {8, 3}, {3, 8}, {1, 4}, {4, 1}, {1, 1}};

    private static final int SAMPLES = 3;

    static Stream<Arguments> pairs() {
        return Activations.all().stream()
                .flatMap(hidden -> Randoms.links().stream().map(next -> Arguments.of(hidden, next)));
    }

    @ParameterizedTest(name = "{0} below {1}")
    @MethodSource("pairs")
    void solutionMeetsItsOptimalityConditions(FenchelActivation hidden, Link next) {
        for (double gain : GAINS) {
            for (int[] size : SIZES) {
                for (double ratio : RATIOS) {
                    StateProblem problem =
                            StateProblem.random(hidden, next, size[0], size[1], gain, ratio, SAMPLES, new Random(7));
                    Matrix v = problem.solve();
                    for (int j = 0; j < SAMPLES; j++) {
                        assertThat(problem.violation(v, j))
                                .as("gain %s, sizes %s, ratio %s, sample %s", gain, Arrays.toString(size), ratio, j)
                                .isLessThanOrEqualTo(1e-9 * problem.scale(j));
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} below {1}")
    @MethodSource("pairs")
    void objectiveIsNotAboveThatOfTheStartNorOfPointsAround(FenchelActivation hidden, Link next) {
        Random random = new Random(8);
        for (double ratio : RATIOS) {
            StateProblem problem = StateProblem.random(hidden, next, 6, 4, 3, ratio, SAMPLES, random);
            Matrix v = problem.solve();
            for (int j = 0; j < SAMPLES; j++) {
                double least = problem.objective(v, j);
                double rounding = 1e-13 * problem.objectiveScale(v, j);
                assertThat(least).isLessThanOrEqualTo(problem.objective(problem.start(), j) + rounding);
                for (int trial = 0; trial < 20; trial++) {
                    double deviation = Math.pow(10, -4 * random.nextDouble());
                    Matrix other = problem.inRange(v.plus(deviation, Randoms.gaussian(6, SAMPLES, 1, random)));
                    assertThat(least)
                            .as("ratio %s, sample %s, deviation %s", ratio, j, deviation)
                            .isLessThanOrEqualTo(problem.objective(other, j) + rounding);
                }
            }
        }
    }

    /** Mirror descent in v is slow, and shares nothing with Newton's method but the gradient. */
    @ParameterizedTest(name = "{0} below {1}")
    @MethodSource("pairs")
    void solutionAgreesWithMirrorDescent(FenchelActivation hidden, Link next) {
        for (int[] size : List.of(new int[] {4, 3}, new int[] {3, 5})) {
            StateProblem problem = StateProblem.random(hidden, next, size[0], size[1], 1, 0.5, 3, new Random(9));
            Matrix v = problem.solve();
            Matrix reference = problem.mirrorDescent(1000);
            for (int j = 0; j < 3; j++) {
                double[] x = problem.x(v, j);
                double[] expected = problem.x(reference, j);
                for (int i = 0; i < x.length; i++) {
                    assertThat(Math.abs(x[i] - expected[i])).isLessThan(1e-9 * problem.scale(j));
                }
            }
        }
    }

    @Test
    void aToleranceBelowRoundingIsRefusedWithTheSampleAndTheRatio() {
        StateProblem problem =
                StateProblem.random(Activations.tanh(), Randoms.links().get(3), 5, 3, 5, 1e-2, 1, new Random(10));
        assertThatThrownBy(() -> problem.step(1e-300).solve(problem.z(), problem.target()))
                .isInstanceOf(BlockStepException.class)
                .hasMessageContaining("sample 0")
                .hasMessageContaining("0.01")
                .hasMessageContaining("raise epsilon");
    }

    @Test
    void solutionDoesNotDependOnTheNumberOfThreads() throws Exception {
        StateProblem problem =
                StateProblem.random(Activations.tanh(), Randoms.links().get(2), 6, 4, 3, 1e-3, 300, new Random(11));
        assertThat(inPool(4, problem)).isEqualTo(inPool(1, problem));
    }

    private static Matrix inPool(int threads, StateProblem problem) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(problem::solve).get();
        } finally {
            pool.shutdown();
        }
    }
}
