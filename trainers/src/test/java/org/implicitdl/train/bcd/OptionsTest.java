package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedule of ε and the options of the exact method. */
class OptionsTest {

    @Test
    void epsilonRisesGeometricallyAndThenStays() {
        EpsilonSchedule schedule = EpsilonSchedule.rising(1e-3, 1e-1, 5);
        assertThat(schedule.at(0)).isEqualTo(1e-3);
        assertThat(schedule.at(1) / schedule.at(0)).isCloseTo(Math.sqrt(10), within(1e-12));
        assertThat(schedule.at(2)).isCloseTo(1e-2, within(1e-15));
        assertThat(schedule.at(4)).isEqualTo(1e-1);
        assertThat(schedule.at(400)).isEqualTo(1e-1);
        assertThat(EpsilonSchedule.constant(0.5).at(0)).isEqualTo(0.5);
        assertThat(EpsilonSchedule.constant(0.5).at(7)).isEqualTo(0.5);
        assertThat(EpsilonSchedule.rising(1e-3, 1e-1, 1).at(0)).isEqualTo(1e-1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonMustBePositiveAndFinite(double epsilon) {
        assertThatThrownBy(() -> EpsilonSchedule.constant(epsilon))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + epsilon);
        assertThatThrownBy(() -> EpsilonSchedule.rising(1e-3, epsilon, 3)).hasMessageContaining("positive and finite");
    }

    @Test
    void aScheduleTakesAtLeastOneSweep() {
        assertThatThrownBy(() -> EpsilonSchedule.rising(1e-3, 1e-2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 were given");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void theRidgeMustBeFiniteAndNotNegative(double ridge) {
        assertThatThrownBy(() -> ExactOptions.defaults().withRidge(ridge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + ridge);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void theToleranceMustLieBetweenZeroAndOne(double tolerance) {
        assertThatThrownBy(() -> ExactOptions.defaults().withTolerance(tolerance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + tolerance);
    }

    @Test
    void sizesAndStepsAreChecked() {
        assertThatThrownBy(() -> new ExactOptions(0, 1e-10, -1, 20)).hasMessageContaining("-1 and 20");
        assertThatThrownBy(() -> new ExactOptions(0, 1e-10, 64, 0)).hasMessageContaining("64 and 0");
    }
}
