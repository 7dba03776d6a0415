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
    void whatWasReachedIsTheLastPoint() {
        assertThat(CURVE.last()).hasValue(CURVE.points().get(2));
    }

    @Test
    void theTimeToAnAccuracyIsThatOfTheFirstPointThatHasIt() {
        assertThat(CURVE.secondsTo(0.6)).hasValue(2);
        assertThat(CURVE.secondsTo(0.8)).hasValue(7);
        assertThat(CURVE.secondsTo(0.91)).isEmpty();
    }

    @Test
    void aFailureReachesNothing() {
        Curve failed = new Curve(CURVE.points(), Optional.of("no longer finite"));

        assertThat(failed.last()).isEmpty();
    }

    @Test
    void aCurveOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve(List.of(), Optional.empty()))
                .withMessageContaining("at least one point");
    }
}
