package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DilogarithmTest {

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.99, -0.5, -0.1, -1e-8, 0, 1e-15, 0.2, 0.49, 0.51, 0.8, 0.97})
    void equalsItsSeries(double y) {
        double sum = 0;
        for (int k = 20_000; k >= 1; k--) {
            sum += Math.pow(y, k) / ((double) k * k);
        }
        // At −1 the series alternates, and stops within half its first neglected term.
        double rest = y == -1 ? 1.0 / 20_000 / 20_000 : 0;
        assertThat(Dilogarithm.of(y)).isCloseTo(sum, within(rest + 3e-15 * Math.abs(sum)));
    }

    @Test
    void takesItsKnownValues() {
        double square = Math.PI * Math.PI;
        double log2 = Math.log(2);
        assertThat(Dilogarithm.of(1)).isCloseTo(square / 6, within(3e-16));
        assertThat(Dilogarithm.of(-1)).isCloseTo(-square / 12, within(3e-16));
        assertThat(Dilogarithm.of(0.5)).isCloseTo(square / 12 - log2 * log2 / 2, within(3e-16));
        double golden = (Math.sqrt(5) - 1) / 2;
        double log = Math.log(golden);
        assertThat(Dilogarithm.of(golden)).isCloseTo(square / 10 - log * log, within(1e-15));
        assertThat(Dilogarithm.of(-golden)).isCloseTo(log * log / 2 - square / 15, within(1e-15));
        assertThat(Dilogarithm.of(-1 / golden)).isCloseTo(-log * log - square / 10, within(1e-14));
        assertThat(Dilogarithm.of(1.01)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.6931, 0.6932, 1, 5, 40})
    void conjugateOfSoftplusIsTheIntegralOfTheLogarithm(double x) {
        // ∫₀ˣ log(eᵗ − 1) dt with t = x s⁴, which takes the singularity at 0 away.
        int panels = 4000;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            double h = 1.0 / panels;
            sum += (integrand(x, i * h) + 4 * integrand(x, (i + 0.5) * h) + integrand(x, (i + 1) * h)) * h / 6;
        }
        assertThat(Activations.softplus().conjugate(x)).isCloseTo(sum, within(1e-11 * (1 + Math.abs(sum))));
    }

    private static double integrand(double x, double s) {
        return s == 0 ? 0 : Math.log(Math.expm1(x * s * s * s * s)) * 4 * x * s * s * s;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-50, -3, -0.1, 0, 0.1, 3, 50})
    void potentialOfSoftplusIsTheDilogarithm(double z) {
        double expected = -Dilogarithm.of(-Math.exp(z));
        assertThat(Activations.softplus().potential(z)).isCloseTo(expected, within(1e-14 * expected));
    }
}
