package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightStepTest {
    private static final Link SQUARED = new ComponentwiseLink(Activations.identity());

    static List<Link> links() {
        return Randoms.links();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-2, 10})
    void squaredLossIsRidgeRegression(double ridge) {
        for (boolean bias : new boolean[] {true, false}) {
            Random random = new Random(1);
            FeedforwardLayer layer = Randoms.layer(4, 3, bias, SQUARED, 1, random);
            Matrix x = Randoms.gaussian(4, 30, 1, random);
            Matrix y = Randoms.gaussian(3, 30, 1, random);
            Matrix found =
                    new WeightStep(ridge, 1e-10, 64, 20).update(layer, x, y).weights();
            Matrix expected = ridgeRegression(layer.design(x), y, ridge);
            for (int i = 0; i < found.values().length; i++) {
                assertThat(found.values()[i]).isCloseTo(expected.values()[i], within(1e-12));
            }
        }
    }

    @Test
    void withoutRidgeASingularDesignGivesTheSolutionOfLeastNorm() {
        Random random = new Random(2);
        for (int samples : new int[] {3, 5, 7}) {
            FeedforwardLayer layer = Randoms.layer(7, 2, true, SQUARED, 1, random);
            Matrix x = Randoms.gaussian(7, samples, 1, random);
            Matrix y = Randoms.gaussian(2, samples, 1, random);
            Matrix found = new WeightStep(0, 1e-10, 64, 20).update(layer, x, y).weights();
            Matrix expected = Lapack.leastSquares(layer.design(x).transpose(), y.transpose())
                    .transpose();
            for (int i = 0; i < found.values().length; i++) {
                assertThat(found.values()[i])
                        .as("%s samples", samples)
                        .isCloseTo(expected.values()[i], within(1e-8 * expected.maxAbs()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void newtonAndDescentBothLowerTheObjective(Link link) {
        for (int newtonSize : new int[] {0, 64}) {
            for (int seed = 0; seed < 5; seed++) {
                WeightsFixture problem = WeightsFixture.random(link, 3, 4, 30, 1e-6, new Random(seed));
                FeedforwardLayer updated = new WeightStep(1e-6, 1e-10, newtonSize, 20)
                        .update(problem.layer(), problem.s(), problem.target());
                assertThat(problem.objective(updated.weights()))
                        .isLessThan(problem.objective(problem.layer().weights()));
                assertThat(updated.link()).isEqualTo(link);
                assertThat(updated.hasBias()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void optimalWeightsAreLeftWhereTheyAre(Link link) {
        WeightsFixture problem = WeightsFixture.random(link, 3, 4, 30, 1e-2, new Random(3));
        WeightStep step = new WeightStep(1e-2, 1e-10, 64, 20);
        FeedforwardLayer once = step.update(problem.layer(), problem.s(), problem.target());
        FeedforwardLayer twice = step.update(once, problem.s(), problem.target());
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void aSingularHessianIsShiftedUntilItFactors() {
        Matrix hessian = Matrix.ofRows(new double[] {1, 1}, new double[] {1, 1});
        Matrix solution = WeightStep.factor(hessian).solve(Matrix.ofRows(new double[] {2}, new double[] {2}));
        assertThat(solution.get(0, 0) + solution.get(1, 0)).isCloseTo(2, within(1e-6));
    }

    /** Least squares with the rows √ρ I below the design. */
    private static Matrix ridgeRegression(Matrix s, Matrix y, double ridge) {
        int p = s.rows();
        Matrix a = Matrix.zeros(s.cols() + p, p);
        Matrix b = Matrix.zeros(s.cols() + p, y.rows());
        for (int j = 0; j < s.cols(); j++) {
            for (int i = 0; i < p; i++) {
                a.set(j, i, s.get(i, j));
            }
            for (int i = 0; i < y.rows(); i++) {
                b.set(j, i, y.get(i, j));
            }
        }
        for (int i = 0; i < p; i++) {
            a.set(s.cols() + i, i, Math.sqrt(ridge));
        }
        return Lapack.leastSquares(a, b).transpose();
    }
}
