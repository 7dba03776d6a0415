package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void aSmallSampleAgreesWithPaper() {
        Statistics statistics = Statistics.of(4, 1, 3, 2);

        assertThat(statistics.count()).isEqualTo(4);
        assertThat(statistics.mean()).isEqualTo(2.5);
        assertThat(statistics.standardDeviation()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
        assertThat(statistics.median()).isEqualTo(2.5);
        assertThat(statistics.quantile(0)).isEqualTo(1);
        assertThat(statistics.quantile(1)).isEqualTo(4);
        assertThat(statistics.quantile(0.1)).isCloseTo(1.3, within(1e-15));
    }

    @Test
    void oneValueHasNoSpread() {
        assertThat(Statistics.of(7).standardDeviation()).isZero();
        assertThat(Statistics.of(7).quantile(0.3)).isEqualTo(7);
    }

    @Test
    void aNanIsNotHidden() {
        Statistics statistics = Statistics.of(1, Double.NaN, 2);

        assertThat(statistics.mean()).isNaN();
        assertThat(statistics.median()).isNaN();
        assertThat(statistics.quantile(0)).isNaN();
    }

    @Test
    void infiniteValuesStayOutOfTheMedianOfTheOthers() {
        assertThat(Statistics.of(1, 2, Double.POSITIVE_INFINITY).median()).isEqualTo(2);
    }

    @Test
    void anEmptySampleAndAWrongLevelAreRefused() {
        assertThatThrownBy(Statistics::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> Statistics.of(1).quantile(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
