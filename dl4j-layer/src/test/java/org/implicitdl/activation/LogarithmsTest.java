package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmsTest {

    @ParameterizedTest
    @ValueSource(
            doubles = {
                1e-300, 1e-17, -1e-17, 3e-16, -3e-16, 1e-10, -1e-10, 1e-3, -1e-3, 0.3, -0.3, -0.999, 1, 7, 999, 1001,
                1e17, 1e300
            })
    void agreesWithTheLibrarysLog1p(double t) {
        double expected = Math.log1p(t);
        assertThat(Logarithms.onePlus(t)).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.POSITIVE_INFINITY})
    void hasTheLimitsOfLog1p(double t) {
        assertThat(Logarithms.onePlus(t)).isEqualTo(Math.log1p(t));
    }
}
