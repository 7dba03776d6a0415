package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.feedforward.TrainingSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs. */
class BlockCoordinateDescentTest {
    private static final Link SQUARED = new ComponentwiseLink(Activations.identity());

    static Stream<Arguments> networks() {
        return Stream.of(Activations.tanh(), Activations.sigmoid(), Activations.relu(), Activations.hardTanh())
                .flatMap(phi -> Stream.of(SQUARED, new SoftmaxLink()).map(loss -> Arguments.of(phi, loss)));
    }

    @ParameterizedTest(name = "{0}, loss {1}")
    @MethodSource("networks")
    void numbersStayFiniteForSmallEpsilonAndLargeWeights(FenchelActivation phi, Link loss) {
        for (double epsilon : new double[] {1e-2, 1e-4, 1e-6}) {
            for (double gain : new double[] {1, 30}) {
                Random random = new Random(1);
                FeedforwardModel model = Randoms.model(phi, loss, true, gain, random, 3, 6, 4, 2);
                TrainingSet data = Randoms.data(model, 50, random);
                FeedforwardModel fitted = BlockCoordinateDescent.exact()
                        .withEpsilon(EpsilonSchedule.constant(epsilon))
                        .withAcceleration(5)
                        .fit(model, data, 10);
                for (double weight : fitted.toVector()) {
                    assertThat(weight).as("epsilon %s, gain %s", epsilon, gain).isFinite();
                }
                assertThat(fitted.loss(data.u(), data.y())).isFinite();
            }
        }
    }

    @ParameterizedTest(name = "{0}, loss {1}")
    @MethodSource("networks")
    void sweepsLowerTheTrainingLossBelowThatOfTheOutputLayerAlone(FenchelActivation phi, Link loss) {
        Random random = new Random(2);
        FeedforwardModel model = Randoms.model(phi, loss, true, 1, random, 4, 6, 3, 2);
        FeedforwardModel truth = Randoms.model(phi, loss, true, 2, random, 4, 6, 3, 2);
        Matrix u = Randoms.gaussian(4, 100, 1, random);
        TrainingSet data = new TrainingSet(u, truth.last().activate(truth.output(u)));
        FeedforwardModel outputOnly = model.withLayer(
                2,
                new WeightStep(1e-6, 1e-10, 64, 20)
                        .update(
                                model.last(),
                                model.layer(1).activate(model.weightedInputs(u).get(1)),
                                data.y()));
        double fitted = BlockCoordinateDescent.exact()
                .withAcceleration(5)
                .fit(model, data, 15)
                .loss(u, data.y());
        assertThat(fitted).isLessThan(0.7 * outputOnly.loss(u, data.y()));
    }

    /** With one layer the first sweep is the whole solution. */
    @Test
    void aModelWithoutHiddenLayerIsLeastSquares() {
        Random random = new Random(3);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 4, 2);
        TrainingSet data = Randoms.data(model, 50, random);
        FeedforwardModel fitted = BlockCoordinateDescent.exact(
                        ExactOptions.defaults().withRidge(0))
                .fit(model, data, 1);
        assertThat(new WeightsFixture(fitted.last(), fitted.last().design(data.u()), data.y(), 0)
                        .violation(fitted.last().weights()))
                .isLessThan(1e-12);
    }

    @Test
    void aLargeEpsilonFollowsBackPropagation() {
        Random random = new Random(4);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, false, 1, random, 3, 4, 2);
        TrainingSet data = Randoms.data(model, 20, random);
        Matrix z = model.layer(0).weightedInput(data.u());
        double epsilon = 1e7;
        Matrix v = new StateStep(model.layer(0), model.layer(1), epsilon, 1e-12).solve(z, data.y());
        Matrix s = model.output(data.u());
        for (int j = 0; j < 20; j++) {
            for (int i = 0; i < 4; i++) {
                double error = 0;
                for (int a = 0; a < 2; a++) {
                    error += model.layer(1).weights().get(a, i)
                            * (s.get(a, j) - data.y().get(a, j));
                }
                assertThat(epsilon * (z.get(i, j) - v.get(i, j))).isCloseTo(error, within(1e-5));
            }
        }
    }

    @Test
    void accelerationNeverEndsASweepAboveTheUnacceleratedOne() {
        Random random = new Random(5);
        for (FenchelActivation phi : List.of(Activations.tanh(), Activations.relu())) {
            FeedforwardModel model = Randoms.model(phi, SQUARED, true, 1, random, 4, 6, 2);
            TrainingSet data = Randoms.data(model, 60, random);
            BlockCoordinateDescent method = BlockCoordinateDescent.exact().withEpsilon(EpsilonSchedule.constant(1e-2));
            BlockCoordinateDescent.Run accelerated = method.withAcceleration(4).start(model, data);
            for (int sweep = 0; sweep < 12; sweep++) {
                double plain = method.fit(accelerated.model(), data, 1).loss(data.u(), data.y());
                assertThat(accelerated.sweep().loss(data.u(), data.y())).isLessThanOrEqualTo(plain);
            }
        }
    }

    @Test
    void weightsHaveTheSameBitsOnOneThreadAndOnFour() throws Exception {
        Random random = new Random(6);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 4, 6, 3);
        TrainingSet data = Randoms.data(model, 300, random);
        assertThat(fitIn(4, model, data)).isEqualTo(fitIn(1, model, data));
    }

    @Test
    void layersBeyondNewtonsSizeAreFittedByPreconditionedSteps() {
        Random random = new Random(7);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 6, 5, 3);
        TrainingSet data = Randoms.data(model, 80, random);
        FeedforwardModel fitted = BlockCoordinateDescent.exact(new ExactOptions(1e-6, 1e-10, 0, 20))
                .fit(model, data, 5);
        assertThat(fitted.loss(data.u(), data.y())).isLessThan(model.loss(data.u(), data.y()));
    }

    @Test
    void windowsBelowZeroAreRefused() {
        assertThatThrownBy(() -> BlockCoordinateDescent.exact().withAcceleration(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void namesItself() {
        assertThat(BlockCoordinateDescent.exact().withAcceleration(5))
                .hasToString("exact block coordinate descent, epsilon 0.001 to 0.03 over 10 sweeps, accelerated over 5"
                        + " sweeps");
        assertThat(BlockCoordinateDescent.published()).hasToString("published block coordinate descent, epsilon 0.001");
    }

    private static double[] fitIn(int threads, FeedforwardModel model, TrainingSet data) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> BlockCoordinateDescent.exact()
                            .withAcceleration(3)
                            .fit(model, data, 4)
                            .toVector())
                    .get();
        } finally {
            pool.shutdown();
        }
    }
}
