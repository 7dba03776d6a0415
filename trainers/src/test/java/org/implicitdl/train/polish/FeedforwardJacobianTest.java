package org.implicitdl.train.polish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with the Jacobian of the outputs, for every activation, at several depths, with and without bias. */
class FeedforwardJacobianTest {
    private static final double H = 1e-6;
    private static final int SAMPLES = 5;

    static Stream<Arguments> models() {
        List<int[]> depths = List.of(new int[] {3, 2}, new int[] {3, 4, 2}, new int[] {2, 3, 4, 4, 2});
        return Activations.all().stream()
                .flatMap(phi -> depths.stream()
                        .flatMap(sizes -> Stream.of(true, false).map(bias -> Arguments.of(phi, bias, sizes))));
    }

    @ParameterizedTest(name = "{0}, bias {1}, sizes {2}")
    @MethodSource("models")
    void productsAreTheSlopesOfTheOutputs(FenchelActivation phi, boolean bias, int[] sizes) {
        Problem problem = Problem.random(phi, bias, sizes);
        double[] v = problem.weights(1);
        double[] product = problem.jacobian().times(v).values();
        double[] ahead = problem.outputMoved(v, H);
        double[] behind = problem.outputMoved(v, -H);
        for (int i = 0; i < product.length; i++) {
            double slope = (ahead[i] - behind[i]) / (2 * H);
            assertThat(product[i]).as("output %d", i).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
        assertThat(problem.jacobian().output()).isEqualTo(problem.model().output(problem.u()));
    }

    @ParameterizedTest(name = "{0}, bias {1}, sizes {2}")
    @MethodSource("models")
    void transposedProductsAreAdjoint(FenchelActivation phi, boolean bias, int[] sizes) {
        Problem problem = Problem.random(phi, bias, sizes);
        for (int seed = 0; seed < 5; seed++) {
            double[] v = problem.weights(seed);
            Matrix w = Randoms.gaussian(problem.model().last().outputs(), SAMPLES, 1, new Random(seed + 50));
            double left = problem.jacobian().times(v).dot(w);
            double[] transposed = problem.jacobian().transposeTimes(w);
            double right = 0;
            for (int i = 0; i < v.length; i++) {
                right += v[i] * transposed[i];
            }
            assertThat(right).isCloseTo(left, within(1e-12 * (1 + Math.abs(left))));
        }
    }

    /** Sample by sample, each in a Jacobian of its own. */
    @ParameterizedTest(name = "{0}, bias {1}, sizes {2}")
    @MethodSource("models")
    void squaresAreThoseOfTheSamplesOneByOne(FenchelActivation phi, boolean bias, int[] sizes) {
        Problem problem = Problem.random(phi, bias, sizes);
        Matrix r = Randoms.gaussian(problem.model().last().outputs(), SAMPLES, 1, new Random(9));
        double[] expected = new double[problem.model().parameters()];
        for (int j = 0; j < SAMPLES; j++) {
            double[] own = FeedforwardJacobian.of(
                            problem.model(), problem.u().part(0, problem.u().rows(), j, j + 1))
                    .transposeTimes(r.part(0, r.rows(), j, j + 1));
            for (int i = 0; i < own.length; i++) {
                expected[i] += own[i] * own[i];
            }
        }
        assertThat(problem.jacobian().squaresOfTransposeTimes(r)).containsExactly(expected, within(1e-10));
    }

    private record Problem(FeedforwardModel model, Matrix u) {

        static Problem random(FenchelActivation phi, boolean bias, int[] sizes) {
            Random random = new Random(3);
            FeedforwardModel model =
                    Randoms.model(phi, new ComponentwiseLink(Activations.identity()), bias, 1, random, sizes);
            return new Problem(model, Randoms.gaussian(sizes[0], SAMPLES, 1, random));
        }

        FeedforwardJacobian jacobian() {
            return FeedforwardJacobian.of(model, u);
        }

        double[] weights(long seed) {
            return Randoms.gaussian(model.parameters(), 1, 1, new Random(seed)).values();
        }

        double[] outputMoved(double[] v, double by) {
            double[] weights = model.toVector();
            for (int i = 0; i < weights.length; i++) {
                weights[i] += by * v[i];
            }
            return model.withVector(weights).output(u).values();
        }
    }
}
