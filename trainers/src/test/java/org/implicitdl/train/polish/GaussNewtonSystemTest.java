package org.implicitdl.train.polish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
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

/** The gradient and the Gauss–Newton matrix against finite differences of the loss and of the output. */
class GaussNewtonSystemTest {
    private static final double H = 1e-5;
    /** More than one batch of samples in each part. */
    private static final int SAMPLES = 600;

    static Stream<Arguments> models() {
        List<int[]> depths =
                List.of(new int[] {3, 2}, new int[] {3, 4, 2}, new int[] {2, 3, 4, 2}, new int[] {2, 3, 2, 4, 3});
        List<Link> losses = List.of(
                new ComponentwiseLink(Activations.identity()),
                new SoftmaxLink(),
                new ComponentwiseLink(Activations.sigmoid()));
        return depths.stream()
                .flatMap(sizes -> losses.stream()
                        .flatMap(loss -> Stream.of(true, false).map(bias -> Arguments.of(loss, bias, sizes))));
    }

    @ParameterizedTest(name = "loss {0}, bias {1}, sizes {2}")
    @MethodSource("models")
    void gradientIsThatOfTheLoss(Link loss, boolean bias, int[] sizes) {
        Random random = new Random(1);
        FeedforwardModel model = Randoms.model(Activations.tanh(), loss, bias, 1, random, sizes);
        TrainingSet data = Randoms.data(model, 20, random);
        double[] gradient = GaussNewtonSystem.of(model, data).gradient();
        for (int i = 0; i < model.parameters(); i++) {
            double slope = (moved(model, i, H).loss(data.u(), data.y())
                            - moved(model, i, -H).loss(data.u(), data.y()))
                    / (2 * H);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
        }
    }

    @ParameterizedTest(name = "loss {0}, bias {1}, sizes {2}")
    @MethodSource("models")
    void matrixIsTheJacobianAroundTheCurvatureOfTheLoss(Link loss, boolean bias, int[] sizes) {
        Random random = new Random(2);
        FeedforwardModel model = Randoms.model(Activations.sigmoid(), loss, bias, 1.5, random, sizes);
        TrainingSet data = Randoms.data(model, 20, random);
        requireJacobianProduct(model, data, 1e-7);
    }

    @Test
    void samplesOfSeveralBatchesAreSummed() {
        Random random = new Random(3);
        FeedforwardModel model = Randoms.model(
                Activations.tanh(), new ComponentwiseLink(Activations.identity()), true, 1, random, 2, 3, 1);
        requireJacobianProduct(model, Randoms.data(model, 1, random), 1e-8);
        requireJacobianProduct(model, Randoms.data(model, SAMPLES, random), 1e-6);
    }

    @Test
    void stepSolvesTheDampedSystemAndPredictsItsDecrease() {
        Random random = new Random(4);
        FeedforwardModel model = Randoms.model(
                Activations.tanh(), new ComponentwiseLink(Activations.identity()), true, 1, random, 2, 3, 1);
        GaussNewtonSystem system = GaussNewtonSystem.of(model, Randoms.data(model, 30, random));
        double damping = 0.3;
        double[] step = system.step(damping).orElseThrow();
        double decrease = 0;
        for (int i = 0; i < step.length; i++) {
            double image = 0;
            for (int j = 0; j < step.length; j++) {
                image += entry(system, i, j) * step[j];
            }
            assertThat(image + damping * step[i]).isCloseTo(system.gradient()[i], within(1e-11));
            decrease += step[i] * (system.gradient()[i] - image / 2);
        }
        assertThat(system.predictedDecrease(step, damping)).isCloseTo(decrease, within(1e-11));
        assertThat(system.largestDiagonal()).isEqualTo(largestDiagonal(system));
    }

    @Test
    void matrixHasTheSameBitsOnOneThreadAndOnFour() throws Exception {
        Random random = new Random(5);
        FeedforwardModel model = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, 3, 4, 3);
        TrainingSet data = Randoms.data(model, SAMPLES, random);
        GaussNewtonSystem one = in(1, model, data);
        GaussNewtonSystem four = in(4, model, data);
        assertThat(four.hessian()).isEqualTo(one.hessian());
        assertThat(four.gradient()).isEqualTo(one.gradient());
    }

    /** H = ∑ Jᵀ∇²ΦJ, with ∇²Φ and J by finite differences. */
    private static void requireJacobianProduct(FeedforwardModel model, TrainingSet data, double tolerance) {
        GaussNewtonSystem system = GaussNewtonSystem.of(model, data);
        int parameters = model.parameters();
        int q = model.last().outputs();
        Matrix output = model.output(data.u());
        Matrix[] jacobian = new Matrix[parameters];
        for (int i = 0; i < parameters; i++) {
            jacobian[i] = difference(
                    moved(model, i, H).output(data.u()), moved(model, i, -H).output(data.u()));
        }
        for (int i = 0; i < parameters; i++) {
            for (int l = i; l < parameters; l++) {
                double expected = 0;
                for (int j = 0; j < data.samples(); j++) {
                    for (int a = 0; a < q; a++) {
                        for (int b = 0; b < q; b++) {
                            expected += jacobian[i].get(a, j)
                                    * curvature(model.last().link(), output, j, a, b)
                                    * jacobian[l].get(b, j);
                        }
                    }
                }
                assertThat(system.hessian().get(i, l))
                        .as("entry (%s, %s)", i, l)
                        .isCloseTo(expected, within(tolerance * Math.max(1, system.largestDiagonal())));
            }
        }
    }

    private static double curvature(Link link, Matrix output, int sample, int a, int b) {
        int q = output.rows();
        double[] up = new double[q];
        double[] down = new double[q];
        double[] s = Arrays.copyOfRange(output.values(), sample * q, (sample + 1) * q);
        s[b] += H;
        link.values(s, up, 0, q);
        s[b] -= 2 * H;
        link.values(s, down, 0, q);
        return (up[a] - down[a]) / (2 * H);
    }

    private static Matrix difference(Matrix up, Matrix down) {
        Matrix result = up.copy();
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = (up.values()[i] - down.values()[i]) / (2 * H);
        }
        return result;
    }

    private static FeedforwardModel moved(FeedforwardModel model, int parameter, double change) {
        double[] vector = model.toVector();
        vector[parameter] += change;
        return model.withVector(vector);
    }

    private static double entry(GaussNewtonSystem system, int i, int j) {
        return system.hessian().get(Math.min(i, j), Math.max(i, j));
    }

    private static double largestDiagonal(GaussNewtonSystem system) {
        double max = 0;
        for (int i = 0; i < system.hessian().rows(); i++) {
            max = Math.max(max, entry(system, i, i));
        }
        return max;
    }

    private static GaussNewtonSystem in(int threads, FeedforwardModel model, TrainingSet data) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> GaussNewtonSystem.of(model, data)).get();
        } finally {
            pool.shutdown();
        }
    }
}
