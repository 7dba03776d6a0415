package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final Curve CURVE = new Curve(
            List.of(new CurvePoint(1, 2, 0.5, 0.6), new CurvePoint(2, 4, 0.8, 0.7), new CurvePoint(3, 7, 0.7, 0.9)),
            Optional.empty());

    @Test
    void whatWasReachedIsTheLastEpochThatEndedInTime() {
        assertThat(CURVE.at(6.9)).hasValue(CURVE.points().get(1));
        assertThat(CURVE.at(7)).hasValue(CURVE.points().get(2));
        assertThat(CURVE.last()).hasValue(CURVE.points().get(2));
    }

    @Test
    void theFirstEpochCountsWhereNoneEndedInTime() {
        assertThat(CURVE.at(1)).hasValue(CURVE.points().get(0));
    }

    @Test
    void theTimeToAnAccuracyIsThatOfTheFirstEpochThatHasIt() {
        assertThat(CURVE.secondsTo(0.6)).hasValue(2);
        assertThat(CURVE.secondsTo(0.8)).hasValue(7);
        assertThat(CURVE.secondsTo(0.91)).isEmpty();
    }

    @Test
    void epochsTakeTheTimesBetweenTheirEnds() {
        assertThat(CURVE.epochSeconds()).containsExactly(2.0, 2.0, 3.0);
    }

    @Test
    void aFailureReachesNothing() {
        Curve failed = new Curve(CURVE.points(), Optional.of("no longer finite"));

        assertThat(failed.last()).isEmpty();
        assertThat(failed.at(4)).isEmpty();
    }

    @Test
    void aCurveOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve(List.of(), Optional.empty()))
                .withMessageContaining("at least one epoch");
    }

    @Test
    void aPlanHasTheEpochsThatFitIntoNineTenthsOfTheTime() {
        assertThat(Plan.within(10, 1)).isEqualTo(new Plan(9, 10));
        assertThat(Plan.within(10, 2)).isEqualTo(new Plan(4, 10));
        assertThat(Plan.within(10, 50)).isEqualTo(new Plan(1, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Plan(0, 10))
                .withMessageContaining("at least one epoch and some time, but is to have 0 and 10.0 s");
    }
}
