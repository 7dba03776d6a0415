package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every φ with a Fenchel divergence. */
class FenchelActivationTest {

    static Stream<FenchelActivation> all() {
        return Samples.fenchel();
    }

    @ParameterizedTest
    @MethodSource("all")
    void divergenceIsNeverNegativeAndNeverNaN(FenchelActivation phi) {
        for (double z : Samples.extremes()) {
            for (double x : Samples.extremes()) {
                assertThat(phi.divergence(x, z)).as("f(%s, %s)", x, z).isGreaterThanOrEqualTo(0);
                assertThat(phi.divergenceAt(x, z)).as("f(φ(%s), %s)", x, z).isGreaterThanOrEqualTo(0);
            }
            for (double v : Samples.spread(1, 200, 1e-12, 1e3)) {
                assertThat(phi.divergence(phi.value(v), z))
                        .as("f(φ(%s), %s)", v, z)
                        .isGreaterThanOrEqualTo(0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void divergenceIsConjugatePlusPotentialMinusProduct(FenchelActivation phi) {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            double v = 5 * random.nextGaussian();
            double z = 5 * random.nextGaussian();
            double x = phi.value(v);
            double byDefinition = phi.conjugate(x) + phi.potential(z) - x * z;
            double size = 1 + Math.abs(phi.conjugate(x)) + Math.abs(phi.potential(z)) + Math.abs(x * z);
            assertThat(phi.divergence(x, z)).as("f(%s, %s)", x, z).isCloseTo(byDefinition, within(1e-14 * size));
            assertThat(phi.divergenceAt(v, z)).as("f(φ(%s), %s)", v, z).isCloseTo(byDefinition, within(1e-13 * size));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void divergenceIsZeroOnTheGraphAndHalfTheSquaredDistanceAtLeastOffIt(FenchelActivation phi) {
        for (double z : Samples.spread(3, 500, 1e-9, 300)) {
            double x = phi.value(z);
            assertThat(phi.divergence(x, z)).as("at z = %s", z).isLessThan(1e-15 * (1 + z * z));
            assertThat(phi.divergenceAt(z, z)).as("at z = %s", z).isLessThan(1e-15 * (1 + z * z));
            for (double v : Samples.spread(4, 20, 1e-3, 30)) {
                double distance = phi.value(v) - x;
                assertThat(phi.divergence(phi.value(v), z))
                        .isGreaterThanOrEqualTo(distance * distance / (2 * phi.lipschitz()) * (1 - 1e-9) - 1e-15);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void conjugateAndPotentialAddUpToTheProductOnTheGraph(FenchelActivation phi) {
        for (double v : Samples.spread(5, 2000, 1e-6, 30)) {
            double size = Math.abs(phi.potential(v)) + Math.abs(v * phi.value(v));
            assertThat(phi.conjugateAt(v) + phi.potential(v))
                    .as("at v = %s", v)
                    .isCloseTo(v * phi.value(v), within(2e-15 * size));
            if (Math.abs(v) < 15) {
                double x = phi.value(v);
                assertThat(phi.conjugate(x))
                        .as("at x = %s", x)
                        .isCloseTo(phi.conjugateAt(v), within(1e-13 * size + 1e-15));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void valueIsTheDerivativeOfThePotential(FenchelActivation phi) {
        for (double z : Samples.spread(6, 300, 0.02, 12)) {
            assertThat(slope(phi::potential, z))
                    .as("at z = %s", z)
                    .isCloseTo(phi.value(z), within(1e-10 * (1 + Math.abs(z))));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativeIsTheDerivativeOfTheValue(FenchelActivation phi) {
        for (double z : Samples.spread(7, 300, 0.02, 12)) {
            if (Math.abs(Math.abs(z) - 1) > 0.02) {
                assertThat(slope(phi::value, z)).as("at z = %s", z).isCloseTo(phi.derivative(z), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void potentialIsTheIntegralOfTheValue(FenchelActivation phi) {
        for (double[] ends : new double[][] {{-3, -1}, {-1, 0}, {0, 0.5}, {0.5, 1}, {1, 4}, {-30, -25}, {25, 30}}) {
            double difference = phi.potential(ends[1]) - phi.potential(ends[0]);
            assertThat(integral(phi::value, ends[0], ends[1]))
                    .isCloseTo(difference, within(1e-12 * (1 + Math.abs(difference))));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void conjugateIsTheSupremum(FenchelActivation phi) {
        for (double v : Samples.spread(8, 100, 1e-3, 12)) {
            double x = phi.value(v);
            double supremum = maximum(z -> x * z - phi.potential(z), -60, 60);
            assertThat(phi.conjugate(x)).as("φ*(%s)", x).isCloseTo(supremum, within(1e-12 * (1 + Math.abs(supremum))));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void conjugateIsInfiniteJustOutsideTheRangeWhereTheSupremumIs(FenchelActivation phi) {
        for (double end : new double[] {phi.lowerBound(), phi.upperBound()}) {
            if (Double.isFinite(end)) {
                double outside = end == phi.lowerBound() ? end - 1e-9 : end + 1e-9;
                assertThat(phi.conjugate(outside)).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(phi.divergence(outside, 1)).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(phi.inverse(outside)).isNaN();
                double far = end == phi.lowerBound() ? -1e13 : 1e13;
                assertThat(outside * far - phi.potential(far)).isGreaterThan(1e3);
                assertThat(phi.projectToRange(outside)).isEqualTo(end);
            }
        }
        assertThat(phi.projectToRange(phi.value(0.3))).isEqualTo(phi.value(0.3));
    }

    @ParameterizedTest
    @MethodSource("all")
    void inverseTakesBackTheValue(FenchelActivation phi) {
        for (double z : Samples.spread(9, 1000, 1e-12, 12)) {
            double x = phi.value(z);
            double inverse = phi.inverse(x);
            assertThat(phi.value(inverse)).as("φ(φ⁻¹(%s))", x).isCloseTo(x, within(4e-15 * Math.abs(x)));
            assertThat(Math.abs(inverse)).isLessThanOrEqualTo(Math.abs(z) * (1 + 1e-9) + 1e-15 / phi.derivative(z));
            if (phi.derivative(z) > 0) {
                double error = 1e-15 * (Math.abs(z) + Math.abs(x) / phi.derivative(z));
                assertThat(inverse).as("φ⁻¹(φ(%s))", z).isCloseTo(z, within(error));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsNaNOrOverflowsUpToTenToTheThirty(FenchelActivation phi) {
        double before = Double.NEGATIVE_INFINITY;
        for (double z : java.util.Arrays.stream(Samples.extremes()).sorted().toArray()) {
            assertThat(phi.value(z)).isFinite().isBetween(phi.lowerBound(), phi.upperBound());
            assertThat(phi.value(z)).as("nondecreasing at %s", z).isGreaterThanOrEqualTo(before);
            assertThat(phi.derivative(z)).isBetween(0.0, phi.lipschitz());
            assertThat(phi.potential(z)).isFinite();
            assertThat(phi.conjugateAt(z)).isFinite();
            assertThat(phi.conjugate(z)).isNotNaN().isGreaterThan(Double.NEGATIVE_INFINITY);
            before = phi.value(z);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, -1e-8, 1e-12, -1e-12, 1e-100, -1e-100})
    void tinyArgumentsKeepTheirDigits(double z) {
        all().filter(phi -> phi.value(0) == 0).forEach(phi -> {
            double slope = phi.derivative(z);
            double half = slope * z * z / 2;
            assertRatio(phi + " value", phi.value(z), slope * z, z);
            assertRatio(phi + " potential", phi.potential(z), half, z);
            assertRatio(phi + " conjugate", phi.conjugate(phi.value(z)), half, z);
            assertRatio(phi + " conjugateAt", phi.conjugateAt(z), half, z);
            assertRatio(phi + " divergence", phi.divergence(phi.value(3 * z), z), 4 * half, z);
            assertRatio(phi + " divergenceAt", phi.divergenceAt(3 * z, z), 4 * half, z);
        });
    }

    /** To first order in z, or exactly where both are zero. */
    private static void assertRatio(String what, double actual, double expected, double z) {
        assertThat(actual).as(what).isCloseTo(expected, within(Math.abs(expected) * (4 * Math.abs(z) + 1e-14)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void lipschitzConstantIsNeverExceededAndIsApproached(FenchelActivation phi) {
        Random random = new Random(10);
        double largest = 0;
        for (int i = 0; i < 20_000; i++) {
            double a = 3 * random.nextGaussian();
            double b = a + 0.1 * random.nextGaussian();
            double ratio = Math.abs(phi.value(a) - phi.value(b)) / Math.abs(a - b);
            assertThat(ratio).isLessThanOrEqualTo(phi.lipschitz() * (1 + 1e-9));
            largest = Math.max(largest, ratio);
        }
        double slack = phi.equals(Activations.softplus()) ? 0.02 : 0.01;
        double far = (phi.value(20) - phi.value(19)) / phi.lipschitz();
        assertThat(Math.max(largest / phi.lipschitz(), far)).isGreaterThan(1 - slack);
    }

    @ParameterizedTest
    @MethodSource("all")
    void positiveHomogeneityIsClaimedExactlyWhereItHolds(FenchelActivation phi) {
        boolean holds = true;
        for (double z : Samples.spread(11, 100, 0.01, 10)) {
            for (double t : new double[] {0.25, 3, 10}) {
                holds &= Math.abs(phi.value(t * z) - t * phi.value(z)) <= 1e-14 * t * Math.abs(z);
            }
        }
        assertThat(phi.isPositivelyHomogeneous()).isEqualTo(holds);
    }

    @ParameterizedTest
    @MethodSource("all")
    void loopsEqualTheScalarsAndTouchNothingElse(FenchelActivation phi) {
        double[] z = Samples.spread(12, 500, 1e-12, 900);
        double[] values = new double[z.length];
        double[] again = z.clone();
        double[] derivatives = new double[z.length];
        phi.values(z, values, 3, 490);
        phi.valuesAndDerivatives(again, again, derivatives, 3, 490);
        for (int i = 0; i < z.length; i++) {
            boolean inside = i >= 3 && i < 490;
            assertThat(values[i]).isEqualTo(inside ? phi.value(z[i]) : 0);
            double value = inside ? phi.value(z[i]) : z[i];
            assertThat(again[i]).isCloseTo(value, within(4e-16 * Math.abs(value)));
            double derivative = inside ? phi.derivative(z[i]) : 0;
            assertThat(derivatives[i]).isCloseTo(derivative, within(1e-15 * derivative));
        }
    }

    @Test
    void activationsAreValues() {
        assertThat(Samples.fenchel().distinct()).hasSize(13).containsAll(Activations.all());
        assertThat(Samples.fenchel().map(Object::toString).distinct()).hasSize(13);
        assertThat(Activations.elu(0.4)).isEqualTo(Activations.elu(0.4)).hasSameHashCodeAs(Activations.elu(0.4));
        assertThat(Activations.leakyRelu(0.3)).isNotEqualTo(Activations.leakyRelu(0.2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void leakySlopesOutsideTheUnitIntervalAreRefused(double alpha) {
        assertThatThrownBy(() -> Activations.leakyRelu(alpha))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 1")
                .hasMessageContaining("" + alpha);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void eluTakesAPositiveAlpha(double alpha) {
        assertThatThrownBy(() -> Activations.elu(alpha))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive finite")
                .hasMessageContaining("" + alpha);
    }

    /** The five-point difference quotient; its error is of the order h⁴. */
    private static double slope(DoubleUnaryOperator f, double z) {
        double h = 2e-3;
        return (8 * (f.applyAsDouble(z + h) - f.applyAsDouble(z - h))
                        - (f.applyAsDouble(z + 2 * h) - f.applyAsDouble(z - 2 * h)))
                / (12 * h);
    }

    /** Simpson's rule on 2000 panels. */
    private static double integral(DoubleUnaryOperator f, double a, double b) {
        int panels = 2000;
        double h = (b - a) / panels;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            double left = a + i * h;
            sum += f.applyAsDouble(left) + 4 * f.applyAsDouble(left + h / 2) + f.applyAsDouble(left + h);
        }
        return sum * h / 6;
    }

    /** The maximum of a concave function, by ternary search. */
    private static double maximum(DoubleUnaryOperator f, double a, double b) {
        for (int i = 0; i < 200; i++) {
            double left = a + (b - a) / 3;
            double right = b - (b - a) / 3;
            if (f.applyAsDouble(left) < f.applyAsDouble(right)) {
                a = left;
            } else {
                b = right;
            }
        }
        return f.applyAsDouble((a + b) / 2);
    }
}
