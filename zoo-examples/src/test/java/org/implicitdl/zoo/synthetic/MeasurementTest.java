package org.implicitdl.zoo.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Trial TRIAL = new SyntheticProblem(1).trial(Covariance.SHARED, 1);

    @Test
    void theErrorIsDividedBySamplesAndNotByOutputs() {
        Samples samples = new Samples(Matrix.zeros(1, 2), Matrix.ofRows(new double[] {3, 0}, new double[] {0, 4}));

        assertThat(samples.rmse(Matrix.zeros(2, 2))).isCloseTo(Math.sqrt(25 / 2.0), within(1e-15));
    }

    @Test
    void wrongShapesAreRefused() {
        assertThatThrownBy(() -> new Samples(Matrix.zeros(2, 3), Matrix.zeros(2, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 inputs and 4 outputs");
        assertThatThrownBy(() -> TRIAL.train().rmse(Matrix.zeros(5, 999)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[5, 1000]")
                .hasMessageContaining("[5, 999]");
    }

    @Test
    void theClockStandsStillWhileErrorsAreMeasured() {
        CurveRecorder recorder = CurveRecorder.start(TRIAL);
        recorder.record(0, MeasurementTest::slowly);
        recorder.record(1, MeasurementTest::slowly);

        // Four slow predictions of a quarter of a second each are left out.
        assertThat(recorder.curve().last().seconds()).isLessThan(0.25);
        assertThat(recorder.curve().points()).extracting(Point::iteration).containsExactly(0, 1);
    }

    @Test
    void aCurveKnowsWhenItReachedAnError() {
        LearningCurve curve =
                new LearningCurve(List.of(new Point(0, 0.1, 9, 9), new Point(2, 0.2, 5, 6), new Point(4, 0.4, 3, 4)));

        assertThat(curve.secondsToReach(5)).hasValue(0.2);
        assertThat(curve.secondsToReach(2)).isEmpty();
        assertThat(curve.atIteration(3).trainRmse()).isEqualTo(5);
        assertThat(curve.atSeconds(0).trainRmse()).isEqualTo(9);
        assertThat(curve.atSeconds(99)).isEqualTo(curve.last());
    }

    @Test
    void aCurveWithoutPointsIsRefused() {
        assertThatThrownBy(() -> CurveRecorder.start(TRIAL).curve())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one point");
    }

    private static Matrix slowly(Matrix u) {
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Matrix.zeros(5, u.cols());
    }
}
