package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowNewtonTest {
    private static final double[] RIDGES = {1e-6, 1e-3, 1};

    static List<FenchelActivation> activations() {
        return Activations.all();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void gradientVanishesAndObjectiveFallsFromRandomStarts(FenchelActivation phi) {
        for (double ridge : RIDGES) {
            for (int seed = 0; seed < 5; seed++) {
                requireMinimum(phi, problem(phi, 3, 5, 40, ridge, new Random(seed)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void gradientVanishesFromStartsFarAway(FenchelActivation phi) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            WeightsFixture near = problem(phi, 3, 5, 40, 1e-6, random);
            FeedforwardLayer far = near.layer().withWeights(Randoms.gaussian(3, 5, 100, random));
            requireMinimum(phi, new WeightsFixture(far, near.s(), near.target(), 1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theMinimizerIsAFixedPoint(FenchelActivation phi) {
        WeightsFixture problem = problem(phi, 3, 5, 40, 1e-3, new Random(1));
        Matrix minimizer = minimize(phi, problem.layer().weights(), problem);
        Matrix again = minimize(phi, minimizer, problem);
        assertThat(again).isEqualTo(minimizer);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void fewerSamplesThanColumnsAndAZeroRowAreNoObstacle(FenchelActivation phi) {
        for (double ridge : new double[] {0, 1e-6}) {
            for (int seed = 0; seed < 5; seed++) {
                Random random = new Random(seed);
                WeightsFixture few = WeightsFixture.random(new ComponentwiseLink(phi), 3, 8, 4, ridge, random);
                requireMinimum(phi, inner(phi, few, random));
                WeightsFixture zeroRow = problem(phi, 3, 5, 40, ridge, random);
                for (int j = 0; j < 40; j++) {
                    zeroRow.s().set(2, j, 0);
                }
                requireMinimum(phi, zeroRow);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void weightsThatMadeTheTargetsAreFoundAgain(FenchelActivation phi) {
        if (phi.derivative(-1) == 0) {
            return;
        }
        Random random = new Random(4);
        Matrix truth = Randoms.gaussian(3, 4, 0.3, random);
        FeedforwardLayer layer = new FeedforwardLayer(truth, false, new ComponentwiseLink(phi));
        Matrix s = Randoms.gaussian(4, 60, 0.5, random);
        Matrix target = layer.activate(layer.weightedInput(s));
        Matrix found = new RowNewton(phi, 0, 1e-13).minimize(Matrix.zeros(3, 4), s, target);
        for (int i = 0; i < 12; i++) {
            assertThat(found.values()[i]).isCloseTo(truth.values()[i], within(1e-10));
        }
    }

    /** Where every weighted input is negative, ReLU has no curvature to go by. */
    @Test
    void deadReluRowsComeToLife() {
        for (double ridge : new double[] {0, 1e-6}) {
            Random random = new Random(3);
            Matrix s = Randoms.gaussian(3, 30, 1, random);
            Matrix target = Matrix.zeros(2, 30);
            for (int j = 0; j < 30; j++) {
                s.set(0, j, 1);
                target.set(0, j, 1 + Math.abs(s.get(1, j)));
                target.set(1, j, Math.max(0, s.get(2, j)));
            }
            Matrix dead = Matrix.ofRows(new double[] {-50, 0, 0}, new double[] {-50, 1, 1});
            ComponentwiseLink relu = new ComponentwiseLink(Activations.relu());
            requireMinimum(
                    Activations.relu(), new WeightsFixture(new FeedforwardLayer(dead, false, relu), s, target, ridge));
        }
    }

    /** Targets within the range, so that there is a minimizer for every ridge. */
    private static WeightsFixture problem(
            FenchelActivation phi, int n, int p, int samples, double ridge, Random random) {
        return inner(phi, WeightsFixture.random(new ComponentwiseLink(phi), n, p, samples, ridge, random), random);
    }

    private static WeightsFixture inner(FenchelActivation phi, WeightsFixture problem, Random random) {
        if (problem.ridge() > 0) {
            return problem;
        }
        Matrix target = problem.target().copy();
        for (int i = 0; i < target.values().length; i++) {
            target.values()[i] = phi.value(random.nextGaussian());
        }
        return new WeightsFixture(problem.layer(), problem.s(), target, 0);
    }

    private static Matrix minimize(FenchelActivation phi, Matrix start, WeightsFixture problem) {
        return new RowNewton(phi, problem.ridge(), 1e-10).minimize(start, problem.s(), problem.target());
    }

    private static void requireMinimum(FenchelActivation phi, WeightsFixture problem) {
        Matrix start = problem.layer().weights();
        Matrix found = minimize(phi, start, problem);
        assertThat(problem.violation(found)).as("ridge %s", problem.ridge()).isLessThanOrEqualTo(1e-9);
        assertThat(problem.objective(found)).isLessThanOrEqualTo(problem.objective(start));
    }
}
