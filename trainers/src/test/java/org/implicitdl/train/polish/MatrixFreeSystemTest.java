package org.implicitdl.train.polish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
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

/** The matrix-free system against the one that is formed, which in turn is checked against finite differences. */
class MatrixFreeSystemTest {

    static Stream<Arguments> problems() {
        return Stream.of(
                        new ComponentwiseLink(Activations.identity()),
                        new SoftmaxLink(),
                        new ComponentwiseLink(Activations.sigmoid()))
                .flatMap(loss -> Activations.all().stream().map(phi -> {
                    Random random = new Random(1);
                    FeedforwardModel model = Randoms.model(phi, loss, true, 1, random, 3, 4, 4, 3);
                    return Arguments.of(loss, phi, model, Randoms.data(model, 50, random));
                }));
    }

    @ParameterizedTest(name = "loss {0}, {1}")
    @MethodSource("problems")
    void gradientAndProductsAreThoseOfTheMatrix(Link loss, Object phi, FeedforwardModel model, TrainingSet data) {
        GaussNewtonSystem dense = GaussNewtonSystem.of(model, data);
        MatrixFreeSystem free = MatrixFreeSystem.of(model, data);
        double scale = dense.largestDiagonal();
        assertThat(free.gradient()).containsExactly(dense.gradient(), within(1e-12 * scale));
        double[] v = Randoms.gaussian(model.parameters(), 1, 1, new Random(2)).values();
        double[] expected = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                expected[i] += dense.hessian().get(Math.min(i, j), Math.max(i, j)) * v[j];
            }
        }
        assertThat(free.times(v)).containsExactly(expected, within(1e-11 * scale));
    }

    @ParameterizedTest(name = "loss {0}, {1}")
    @MethodSource("problems")
    void theStepIsThatOfTheMatrixOnceConjugateGradientsRunToTheEnd(
            Link loss, Object phi, FeedforwardModel model, TrainingSet data) {
        GaussNewtonSystem dense = GaussNewtonSystem.of(model, data);
        MatrixFreeSystem free = MatrixFreeSystem.of(model, data);
        double damping = 1e-3 * dense.largestDiagonal();
        double[] expected = dense.step(damping).orElseThrow();
        double[] step = free.step(damping, new ConjugateGradients(1000, 1e-13));
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(step).containsExactly(expected, within(1e-8 * largest));
    }

    /** By the definition gᵀδ − ½δᵀHδ, however early conjugate gradients end. */
    @ParameterizedTest(name = "loss {0}, {1}")
    @MethodSource("problems")
    void theDecreaseThatAnEarlyStepPromisesIsThatOfTheQuadraticModel(
            Link loss, Object phi, FeedforwardModel model, TrainingSet data) {
        MatrixFreeSystem system = MatrixFreeSystem.of(model, data);
        double damping = 1e-3 * system.largestDiagonal();
        for (int steps : new int[] {1, 2, 5}) {
            double[] step = system.step(damping, new ConjugateGradients(steps, 0));
            double[] image = system.times(step);
            double decrease = 0;
            for (int i = 0; i < step.length; i++) {
                decrease += step[i] * (system.gradient()[i] - image[i] / 2);
            }
            assertThat(system.predictedDecrease(step, damping)).isCloseTo(decrease, within(1e-10 * (1 + decrease)));
            assertThat(decrease).isPositive();
        }
    }

    /** The mean over many samples that are alike in distribution is near the diagonal, entry by entry. */
    @ParameterizedTest(name = "loss {0}")
    @MethodSource("losses")
    void theDiagonalIsEstimated(Link loss) {
        Random random = new Random(4);
        FeedforwardModel model = Randoms.model(Activations.tanh(), loss, true, 1, random, 3, 4, 3);
        TrainingSet data = Randoms.data(model, 20_000, random);
        GaussNewtonSystem dense = GaussNewtonSystem.of(model, data);
        double[] estimated = MatrixFreeSystem.of(model, data).diagonal();
        for (int i = 0; i < estimated.length; i++) {
            double exact = dense.hessian().get(i, i);
            assertThat(estimated[i]).as("entry %d", i).isCloseTo(exact, within(0.05 * exact));
        }
    }

    static Stream<Link> losses() {
        return Stream.of(
                new ComponentwiseLink(Activations.identity()),
                new SoftmaxLink(),
                new ComponentwiseLink(Activations.sigmoid()));
    }

    @Test
    void fewerSamplesThanPartsAreEnough() {
        Random random = new Random(5);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 3, 4, 3);
        TrainingSet one = Randoms.data(model, 1, random);
        assertThat(MatrixFreeSystem.of(model, one).gradient())
                .containsExactly(GaussNewtonSystem.of(model, one).gradient(), within(1e-14));
    }
}
