package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.implicitdl.activation.Precise.ONE;
import static org.implicitdl.activation.Precise.TWO;
import static org.implicitdl.activation.Precise.exp;
import static org.implicitdl.activation.Precise.log;
import static org.implicitdl.activation.Precise.minus;
import static org.implicitdl.activation.Precise.of;
import static org.implicitdl.activation.Precise.over;
import static org.implicitdl.activation.Precise.plus;
import static org.implicitdl.activation.Precise.times;
import static org.implicitdl.activation.Precise.xLogX;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed forms, evaluated to 150 digits, at arguments where a plain evaluation would lose all of its own. */
class ClosedFormTest {
    private static final double[] ARGUMENTS = {
        -120, -40, -18.5, -5, -1.001, -0.999, -0.51, -0.49, -0.2, -0.0999, -1e-3, -1e-9, 1e-12, 1e-5, 0.1001, 0.3, 0.5,
        0.9, 1.1, 3, 17, 25, 40, 80
    };

    /** The reference's own rounding, where it should be zero. */
    private static final double NOISE = 1e-140;

    private static final double[] FEW = {-120, -18.5, -0.51, -1e-3, 1e-9, 0.3, 1.1, 40};

    private static void assertEqual(String what, double actual, BigDecimal expected) {
        double reference = expected.doubleValue();
        assertThat(actual).as(what).isCloseTo(reference, within(2e-14 * Math.abs(reference) + NOISE));
    }

    @Test
    void tanh() {
        FenchelActivation phi = Activations.tanh();
        for (double z : ARGUMENTS) {
            BigDecimal exact = of(z);
            BigDecimal value = Precise.tanh(exact);
            BigDecimal potential = Precise.logCosh(exact);
            assertEqual("tanh " + z, phi.value(z), value);
            assertEqual("tanh' " + z, phi.derivative(z), minus(ONE, times(value, value)));
            assertEqual("log cosh " + z, phi.potential(z), potential);
            assertEqual("φ*(tanh " + z + ")", phi.conjugateAt(z), minus(times(exact, value), potential));
        }
    }

    @Test
    void tanhIsAccurateToFourUnitsInTheLastPlaceOnAFineGrid() {
        FenchelActivation phi = Activations.tanh();
        for (double z : Samples.spread(20, 20_000, 1e-20, 25)) {
            assertThat(phi.value(z)).as("tanh %s", z).isCloseTo(Math.tanh(z), within(1e-15 * Math.abs(Math.tanh(z))));
        }
    }

    @Test
    void conjugateOfTanh() {
        for (double x :
                new double[] {-1, -0.9999999999, -0.7, -0.5, -0.3, -1e-7, 0, 1e-20, 0.01, 0.499, 0.501, 0.99, 1}) {
            BigDecimal up = plus(ONE, of(x));
            BigDecimal down = minus(ONE, of(x));
            assertEqual("φ*(" + x + ")", Activations.tanh().conjugate(x), over(plus(xLogX(up), xLogX(down)), TWO));
        }
    }

    @Test
    void sigmoid() {
        FenchelActivation phi = Activations.sigmoid();
        for (double z : ARGUMENTS) {
            BigDecimal exact = of(z);
            BigDecimal value = Precise.sigmoid(exact);
            BigDecimal potential = Precise.softplus(exact);
            assertEqual("σ " + z, phi.value(z), value);
            assertEqual("σ' " + z, phi.derivative(z), times(value, minus(ONE, value)));
            assertEqual("Φ " + z, phi.potential(z), potential);
            assertEqual("φ*(σ " + z + ")", phi.conjugateAt(z), minus(times(exact, value), potential));
        }
        for (double x : new double[] {0, 1e-300, 1e-9, 0.2, 0.5, 0.7, 1 - 1e-12, 1}) {
            assertEqual("φ*(" + x + ")", phi.conjugate(x), plus(xLogX(of(x)), xLogX(minus(ONE, of(x)))));
        }
    }

    @Test
    void divergencesOfSaturatedStatesKeepTheirDigits() {
        for (double v : FEW) {
            for (double z : FEW) {
                BigDecimal a = of(v);
                BigDecimal b = of(z);
                BigDecimal tanh =
                        minus(minus(Precise.logCosh(b), Precise.logCosh(a)), times(Precise.tanh(a), minus(b, a)));
                assertEqual("tanh f(" + v + ", " + z + ")", Activations.tanh().divergenceAt(v, z), tanh);
                BigDecimal sigmoid =
                        minus(minus(Precise.softplus(b), Precise.softplus(a)), times(Precise.sigmoid(a), minus(b, a)));
                assertEqual(
                        "sigmoid f(" + v + ", " + z + ")", Activations.sigmoid().divergenceAt(v, z), sigmoid);
                if (v < 0 && z < 0) {
                    BigDecimal elu = minus(minus(exp(b), exp(a)), times(exp(a), minus(b, a)));
                    assertEqual(
                            "elu f(" + v + ", " + z + ")", Activations.elu(1).divergenceAt(v, z), elu);
                }
                if (v > 0 == z > 0) {
                    BigDecimal c = over(plus(ONE, b.abs()), plus(ONE, a.abs()));
                    BigDecimal softsign = minus(minus(c, ONE), log(c));
                    assertEqual(
                            "softsign f(" + v + ", " + z + ")",
                            Activations.softsign().divergenceAt(v, z),
                            softsign);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, 2.5})
    void elu(double alpha) {
        FenchelActivation phi = Activations.elu(alpha);
        for (double z : ARGUMENTS) {
            if (z < 0) {
                BigDecimal e = exp(of(z));
                BigDecimal value = times(of(alpha), minus(e, ONE));
                BigDecimal potential = times(of(alpha), minus(minus(e, ONE), of(z)));
                assertEqual("elu " + z, phi.value(z), value);
                assertEqual("Φ " + z, phi.potential(z), potential);
                assertEqual("φ*(elu " + z + ")", phi.conjugateAt(z), minus(times(of(z), value), potential));
            }
        }
        for (double t : new double[] {-1, -0.999, -0.5, -0.0999, -1e-9}) {
            double x = alpha * t;
            BigDecimal u = plus(ONE, over(of(x), of(alpha)));
            assertEqual("φ*(" + x + ")", phi.conjugate(x), minus(times(of(alpha), xLogX(u)), of(x)));
        }
    }

    @Test
    void softsign() {
        FenchelActivation phi = Activations.softsign();
        for (double z : ARGUMENTS) {
            BigDecimal size = of(z).abs();
            BigDecimal potential = minus(size, log(plus(ONE, size)));
            BigDecimal product = over(times(size, size), plus(ONE, size));
            assertEqual("Φ " + z, phi.potential(z), potential);
            assertEqual("φ*(softsign " + z + ")", phi.conjugateAt(z), minus(product, potential));
        }
        for (double x : new double[] {-0.999999, -0.4, 1e-8, 0.0999, 0.9}) {
            BigDecimal size = of(x).abs();
            assertEqual("φ*(" + x + ")", phi.conjugate(x), minus(size.negate(), log(minus(ONE, size))));
        }
    }

    @Test
    void softplus() {
        for (double z : ARGUMENTS) {
            assertEqual("softplus " + z, Activations.softplus().value(z), Precise.softplus(of(z)));
        }
    }

    /** Closed ends of the domain, where the limit of the conjugate is known. */
    @Test
    void conjugatesAtTheEdgesOfTheirDomains() {
        assertThat(Activations.tanh().conjugate(1)).isEqualTo(Math.log(2));
        assertThat(Activations.tanh().conjugate(-1)).isEqualTo(Math.log(2));
        assertThat(Activations.sigmoid().conjugate(0)).isZero();
        assertThat(Activations.sigmoid().conjugate(1)).isZero();
        assertThat(Activations.elu(2.5).conjugate(-2.5)).isEqualTo(2.5);
        assertThat(Activations.hardTanh().conjugate(-1)).isEqualTo(0.5);
        assertThat(Activations.softsign().conjugate(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Activations.softplus().conjugate(0)).isZero();
        assertThat(Activations.relu().conjugate(0)).isZero();
        assertThat(Activations.arctan().conjugate(Math.PI / 2)).isEqualTo(-Math.log(Math.cos(Math.PI / 2)));
    }

    @Test
    void inversesAtTheEdgesOfTheirRanges() {
        assertThat(Activations.tanh().inverse(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Activations.tanh().inverse(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Activations.sigmoid().inverse(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Activations.sigmoid().inverse(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Activations.elu(2.5).inverse(-2.5)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Activations.softsign().inverse(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Activations.arctan().inverse(Math.PI / 2)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Activations.softplus().inverse(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Activations.relu().inverse(0)).isZero();
        assertThat(Activations.hardTanh().inverse(1)).isEqualTo(1);
    }
}
