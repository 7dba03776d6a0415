package org.implicitdl.train.polish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.feedforward.TrainingSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LevenbergMarquardtTest {
    private static final Link SQUARED = new ComponentwiseLink(Activations.identity());
    private static final LevenbergMarquardt MATRIX_FREE = new LevenbergMarquardt(0, 0);
    private static final List<LevenbergMarquardt> BOTH = List.of(LevenbergMarquardt.withDefaults(), MATRIX_FREE);

    static List<FenchelActivation> activations() {
        return Activations.all();
    }

    @Test
    void weightsThatMadeTheResponsesAreFitted() {
        Random random = new Random(1);
        FeedforwardModel truth = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 4, 2);
        Matrix u = Randoms.gaussian(3, 100, 1, random);
        TrainingSet data = new TrainingSet(u, truth.output(u));
        double[] start = truth.toVector();
        for (int i = 0; i < start.length; i++) {
            start[i] += 0.1 * random.nextGaussian();
        }
        for (LevenbergMarquardt method : BOTH) {
            FeedforwardModel fitted = method.fit(truth.withVector(start), data, 50);
            assertThat(fitted.loss(u, data.y())).as("%s", method).isLessThan(1e-20);
        }
        assertThat(truth.withVector(start).loss(u, data.y())).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void lossNeverRisesAndEndsLower(FenchelActivation phi) {
        lossNeverRisesAndEndsLower(LevenbergMarquardt.withDefaults(), phi);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void withoutAMatrixLossNeverRisesAndEndsLower(FenchelActivation phi) {
        lossNeverRisesAndEndsLower(MATRIX_FREE, phi);
    }

    private static void lossNeverRisesAndEndsLower(LevenbergMarquardt method, FenchelActivation phi) {
        for (Link loss : List.of(SQUARED, new SoftmaxLink(), new ComponentwiseLink(Activations.sigmoid()))) {
            Random random = new Random(2);
            FeedforwardModel model = Randoms.model(phi, loss, true, 1, random, 3, 4, 3, 2);
            TrainingSet data = Randoms.data(model, 50, random);
            LevenbergMarquardt.Run run = method.start(model, data);
            double first = run.loss();
            double last = first;
            for (int step = 0; step < 20 && !run.isFinished(); step++) {
                run.step();
                assertThat(run.loss()).isLessThanOrEqualTo(last);
                assertThat(run.loss()).isEqualTo(run.model().loss(data.u(), data.y()));
                last = run.loss();
            }
            assertThat(last).isLessThan(0.95 * first);
        }
    }

    /** Without hidden layer the problem is linear: the polish ends at the least squares solution. */
    @Test
    void aLinearModelEndsAtLeastSquares() {
        Random random = new Random(3);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, false, 1, random, 4, 2);
        TrainingSet data = Randoms.data(model, 40, random);
        FeedforwardModel fitted = LevenbergMarquardt.withDefaults().fit(model, data, 60);
        Matrix expected =
                Lapack.leastSquares(data.u().transpose(), data.y().transpose()).transpose();
        for (int i = 0; i < 8; i++) {
            assertThat(fitted.toVector()[i]).isCloseTo(expected.values()[i], within(1e-7));
        }
    }

    @Test
    void aRunEndsAtItsTolerance() {
        Random random = new Random(4);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 4, 2);
        TrainingSet data = Randoms.data(model, 50, random);
        double reached = LevenbergMarquardt.withDefaults().fit(model, data, 10).loss(data.u(), data.y());
        LevenbergMarquardt.Run run = LevenbergMarquardt.withDefaults()
                .withTolerance(1.001 * reached / 50)
                .start(model, data);
        int steps = 0;
        for (; !run.isFinished(); steps++) {
            run.step();
        }
        assertThat(steps).isLessThanOrEqualTo(10);
        assertThat(run.loss()).isLessThanOrEqualTo(1.001 * reached);
    }

    @Test
    void aRunEndsWhereNoStepLowersTheLoss() {
        Random random = new Random(5);
        FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, true, 1, random, 3, 2);
        TrainingSet data = Randoms.data(model, 30, random);
        LevenbergMarquardt.Run run = LevenbergMarquardt.withDefaults().start(model, data);
        for (int step = 0; step < 200 && !run.isFinished(); step++) {
            run.step();
        }
        assertThat(run.isFinished()).isTrue();
    }

    /** 6,602 parameters: 43 million entries of H, which are not formed. */
    @Test
    void aModelOfMoreParametersThanAreFactorizedIsPolished() {
        Random random = new Random(6);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 30, 200, 2);
        TrainingSet data = Randoms.data(model, 200, random);
        assertThat(model.parameters()).isEqualTo(6602);
        FeedforwardModel fitted = LevenbergMarquardt.withDefaults().fit(model, data, 5);
        assertThat(fitted.loss(data.u(), data.y())).isLessThan(0.1 * model.loss(data.u(), data.y()));
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new LevenbergMarquardt(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> LevenbergMarquardt.withDefaults().withTolerance(-1))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> LevenbergMarquardt.withDefaults().withTolerance(Double.NaN))
                .hasMessageContaining("NaN");
    }

    @Test
    void weightsHaveTheSameBitsOnOneThreadAndOnFour() throws Exception {
        Random random = new Random(7);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 3, 4, 3);
        TrainingSet data = Randoms.data(model, 300, random);
        for (LevenbergMarquardt method : BOTH) {
            assertThat(fitIn(4, method, model, data)).as("%s", method).isEqualTo(fitIn(1, method, model, data));
        }
    }

    private static double[] fitIn(int threads, LevenbergMarquardt method, FeedforwardModel model, TrainingSet data)
            throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> method.fit(model, data, 5).toVector()).get();
        } finally {
            pool.shutdown();
        }
    }
}
