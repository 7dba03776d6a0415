package org.implicitdl.zoo.synthetic.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.zoo.synthetic.Covariance;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.Samples;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method of the experiment keeps to. Those that take long are left to the experiment. */
class FittingMethodTest {
    private static final Trial TRIAL = new SyntheticProblem(5).trial(Covariance.SHARED, 1);

    static Stream<FittingMethod> methods() {
        return Methods.all().stream().filter(method -> method.trialLimit() == Integer.MAX_VALUE);
    }

    @Test
    void idsAndNamesAreDistinct() {
        assertThat(Methods.all()).extracting(FittingMethod::id).doesNotHaveDuplicates();
        assertThat(Methods.all()).extracting(FittingMethod::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aFitTellsItsErrorsInTheOrderOfIterationsAndTime(FittingMethod method) {
        List<Point> points = method.fit(TRIAL).points();

        assertThat(points).isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
        assertThat(points).extracting(Point::iteration).doesNotHaveDuplicates().isSorted();
        assertThat(points).allMatch(point -> Double.isFinite(point.trainRmse()) && Double.isFinite(point.testRmse()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aFitIsTheSameForTheSameTrial(FittingMethod method) {
        assertThat(errors(method.fit(TRIAL))).isEqualTo(errors(method.fit(TRIAL)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aFitSeesNoTestData(FittingMethod method) {
        Samples otherTest = new SyntheticProblem(6).trial(Covariance.SHARED, 1).test();
        Trial other = new Trial(
                TRIAL.number(), TRIAL.covariance(), TRIAL.teacher(), TRIAL.train(), otherTest, TRIAL.startSeed());

        assertThat(method.fit(other).last().trainRmse())
                .isEqualTo(method.fit(TRIAL).last().trainRmse());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void fittingBeatsPredictingZero(FittingMethod method) {
        assumeThat(method.id()).isNotEqualTo("zero");

        assertThat(method.fit(TRIAL).last().trainRmse())
                .isLessThan(0.9 * new ZeroPrediction().fit(TRIAL).last().trainRmse());
    }

    private static List<List<Double>> errors(LearningCurve curve) {
        return curve.points().stream()
                .map(point -> List.of(point.trainRmse(), point.testRmse()))
                .toList();
    }
}
