package org.implicitdl.train.feedforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every link. Vectors begin at an offset, with other numbers before and after them. */
class LinkTest {
    private static final int N = 4;
    private static final int OFFSET = 2;

    static List<Link> links() {
        return Randoms.links();
    }

    @ParameterizedTest
    @MethodSource("links")
    void valuesAreTheGradientOfThePotential(Link link) {
        Random random = new Random(1);
        for (int trial = 0; trial < 50; trial++) {
            double[] s = vector(random);
            double[] values = values(link, s);
            double h = 1e-6;
            for (int i = OFFSET; i < OFFSET + N; i++) {
                double slope = (link.potential(moved(s, i, h), OFFSET, N) - link.potential(moved(s, i, -h), OFFSET, N))
                        / (2 * h);
                assertThat(values[i]).isCloseTo(slope, within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void curvatureFactorsToTheHessian(Link link) {
        Random random = new Random(2);
        for (int trial = 0; trial < 50; trial++) {
            double[] s = vector(random);
            Matrix rt = Matrix.zeros(N, N);
            link.curvatureFactorTimes(s, values(link, s), OFFSET, Matrix.identity(N), rt);
            double h = 1e-6;
            for (int i = 0; i < N; i++) {
                double[] up = values(link, moved(s, OFFSET + i, h));
                double[] down = values(link, moved(s, OFFSET + i, -h));
                for (int j = 0; j < N; j++) {
                    double product = 0;
                    for (int l = 0; l < N; l++) {
                        product += rt.get(l, i) * rt.get(l, j);
                    }
                    assertThat(product).isCloseTo((up[OFFSET + j] - down[OFFSET + j]) / (2 * h), within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void curvatureFactorIsLinearInItsOperand(Link link) {
        Random random = new Random(3);
        double[] s = vector(random);
        Matrix rt = Matrix.zeros(N, N);
        link.curvatureFactorTimes(s, values(link, s), OFFSET, Matrix.identity(N), rt);
        Matrix operand = Randoms.gaussian(N, 3, 1, random);
        Matrix product = Matrix.zeros(N, 3);
        link.curvatureFactorTimes(s, values(link, s), OFFSET, operand, product);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = 0;
                for (int l = 0; l < N; l++) {
                    expected += rt.get(i, l) * operand.get(l, j);
                }
                assertThat(product.get(i, j)).isCloseTo(expected, within(1e-14));
            }
        }
    }

    /** Of several samples at once: ∇²Φ is RRᵀ for the R of {@link Link#curvatureFactorTimes}, and for its own. */
    @ParameterizedTest
    @MethodSource("links")
    void curvatureIsTheHessianOfEachSample(Link link) {
        Random random = new Random(6);
        Matrix s = Randoms.gaussian(N, 3, 1.5, random);
        Curvature curvature = link.curvature(s);
        for (int sample = 0; sample < 3; sample++) {
            double[] one = s.part(0, N, sample, sample + 1).values();
            double[] values = new double[N];
            link.values(one, values, 0, N);
            Matrix rt = Matrix.zeros(N, N);
            link.curvatureFactorTimes(one, values, 0, Matrix.identity(N), rt);
            Matrix hessian = Lapack.transposeTimes(rt, rt);
            Matrix columns = Matrix.zeros(N, N);
            Matrix factor = Matrix.zeros(N, N);
            Matrix transposed = Matrix.zeros(N, N);
            for (int i = 0; i < N; i++) {
                Matrix unit = Matrix.zeros(N, 3);
                unit.set(i, sample, 1);
                columns.write(curvature.times(unit).part(0, N, sample, sample + 1), 0, i);
                factor.write(curvature.factorTimes(unit).part(0, N, sample, sample + 1), 0, i);
                transposed.write(curvature.transposeFactorTimes(unit).part(0, N, sample, sample + 1), 0, i);
            }
            assertThat(columns.values()).containsExactly(hessian.values(), within(1e-14));
            assertThat(Lapack.gram(factor).values()).containsExactly(hessian.values(), within(1e-14));
            assertThat(transposed.transpose().values()).containsExactly(factor.values(), within(1e-14));
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void curvatureStaysBelowItsBound(Link link) {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            double[] s = vector(random);
            Matrix direction = Randoms.gaussian(N, 1, 1, random);
            Matrix image = Matrix.zeros(N, 1);
            link.curvatureFactorTimes(s, values(link, s), OFFSET, direction, image);
            double square = Math.pow(direction.frobeniusNorm(), 2);
            assertThat(Math.pow(image.frobeniusNorm(), 2))
                    .isLessThanOrEqualTo(link.curvatureBound() * square * (1 + 1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void divergenceIsNotNegativeAndZeroOnTheGraph(Link link) {
        Random random = new Random(5);
        for (int trial = 0; trial < 200; trial++) {
            double[] s = vector(random);
            double[] x = values(link, vector(random));
            assertThat(divergence(link, x, s)).isGreaterThanOrEqualTo(-1e-13);
            assertThat(divergence(link, values(link, s), s)).isCloseTo(0, within(1e-13));
        }
    }

    @Test
    void softmaxIsFiniteFarOut() {
        SoftmaxLink link = new SoftmaxLink();
        double[] s = {1e3, -1e3, 0, 1e3};
        double[] p = new double[4];
        link.values(s, p, 0, 4);
        assertThat(p).containsExactly(0.5, 0, 0, 0.5);
        assertThat(link.potential(s, 0, 4)).isCloseTo(1e3 + Math.log(2), within(1e-12));
        Matrix rt = Matrix.zeros(4, 4);
        link.curvatureFactorTimes(s, p, 0, Matrix.identity(4), rt);
        assertThat(rt.values()).doesNotContain(Double.NaN);
        assertThat(divergence(link, new double[] {0, 1, 0, 0}, s, 0, 4)).isCloseTo(2e3 + Math.log(2), within(1e-9));
    }

    @Test
    void softmaxConjugateIsTheNegativeEntropyAndInfiniteOffItsDomain() {
        SoftmaxLink link = new SoftmaxLink();
        assertThat(link.conjugate(new double[] {0, 1, 0}, 0, 3)).isZero();
        assertThat(link.conjugate(new double[] {0.25, 0.25, 0.5}, 0, 3)).isCloseTo(-1.5 * Math.log(2), within(1e-15));
        assertThat(link.conjugate(new double[] {-0.5, 1, 0.5}, 0, 3)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static double divergence(Link link, double[] x, double[] s) {
        return divergence(link, x, s, OFFSET, N);
    }

    private static double divergence(Link link, double[] x, double[] s, int offset, int n) {
        double product = 0;
        for (int i = offset; i < offset + n; i++) {
            product += x[i] * s[i];
        }
        return link.conjugate(x, offset, n) + link.potential(s, offset, n) - product;
    }

    /** No component is nearer to a kink (−1, 0, 1) than finite differences reach. */
    private static double[] vector(Random random) {
        double[] s = new double[OFFSET + N + 1];
        for (int i = 0; i < s.length; i++) {
            do {
                s[i] = 1.5 * random.nextGaussian();
            } while (Math.abs(s[i] - Math.rint(s[i])) < 1e-3);
        }
        return s;
    }

    private static double[] moved(double[] s, int i, double h) {
        double[] moved = s.clone();
        moved[i] += h;
        return moved;
    }

    private static double[] values(Link link, double[] s) {
        double[] values = new double[s.length];
        link.values(s, values, OFFSET, N);
        assertThat(values[OFFSET - 1]).isZero();
        assertThat(values[OFFSET + N]).isZero();
        return values;
    }

    /** Where ½‖y‖² + ½‖s‖² − yᵀs would be rounding alone. */
    @Test
    void theSquaredLossOfResponsesThatAreNearlyMetIsExact() {
        Link link = new ComponentwiseLink(Activations.identity());
        Matrix y = Randoms.gaussian(N, 100, 1, new Random(8));
        Matrix s = y.plus(1e-9, Randoms.gaussian(N, 100, 1, new Random(9)));
        double expected = 0.5 * s.squaredDistance(y);
        assertThat(link.loss(y, s)).isPositive().isCloseTo(expected, within(1e-10 * expected));
    }
}
