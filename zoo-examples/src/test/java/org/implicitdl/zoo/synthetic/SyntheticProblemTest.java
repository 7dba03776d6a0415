package org.implicitdl.zoo.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticProblemTest {
    private static final SyntheticProblem PROBLEM = new SyntheticProblem(7);

    @ParameterizedTest
    @EnumSource
    void aTrialIsTheSameWheneverItIsDrawn(Covariance covariance) {
        Trial first = PROBLEM.trial(covariance, 3);
        PROBLEM.trial(covariance, 4);

        assertThat(new SyntheticProblem(7).trial(covariance, 3)).isEqualTo(first);
        assertThat(PROBLEM.trial(covariance, 4).train()).isNotEqualTo(first.train());
        assertThat(new SyntheticProblem(8).trial(covariance, 3).train()).isNotEqualTo(first.train());
    }

    @Test
    void bothCovariancesHaveTheSameTeacher() {
        assertThat(PROBLEM.trial(Covariance.PAPER, 1).teacher())
                .isEqualTo(PROBLEM.trial(Covariance.SHARED, 1).teacher());
    }

    @Test
    void tuningTrialsAreNotReportedOnes() {
        assertThat(PROBLEM.tuningTrials(Covariance.SHARED, 3))
                .extracting(Trial::number)
                .containsExactly(0, -1, -2);
    }

    @ParameterizedTest
    @EnumSource
    void dataHaveThePapersSizesAndTheTeachersOutputs(Covariance covariance) {
        Trial trial = PROBLEM.trial(covariance, 1);

        assertThat(trial.teacher().weights())
                .extracting(Matrix::toString)
                .containsExactly("matrix [12, 20]", "matrix [6, 12]", "matrix [5, 6]");
        assertThat(trial.train().u().toString()).isEqualTo("matrix [20, 1000]");
        assertThat(trial.train().y().toString()).isEqualTo("matrix [5, 1000]");
        assertThat(trial.test().count()).isEqualTo(500);
        assertThat(trial.train().rmse(trial.teacher().predict(trial.train().u())))
                .isZero();
        assertThat(trial.test().rmse(trial.teacher().predict(trial.test().u()))).isZero();
    }

    @Test
    void thirtyPercentOfTheWeightsAreNonzeroAndUniform() {
        double[] weights = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> PROBLEM.trial(Covariance.SHARED, i).teacher().weights())
                .flatMapToDouble(layers -> layers.stream().flatMapToDouble(w -> Arrays.stream(w.values())))
                .toArray();
        double[] nonzero = Arrays.stream(weights).filter(w -> w != 0).toArray();

        // 34,200 weights: the standard deviations are .0025 for the part, .003 for the mean, .001 for the variance.
        assertThat((double) nonzero.length / weights.length).isCloseTo(0.3, within(0.01));
        assertThat(Arrays.stream(nonzero).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(0.5);
        assertThat(Arrays.stream(nonzero).average().orElseThrow()).isCloseTo(0, within(0.012));
        assertThat(Arrays.stream(nonzero).map(w -> w * w).average().orElseThrow())
                .isCloseTo(1 / 12.0, within(0.004));
    }

    @Test
    void thePapersCovarianceIsSingularAndTheSharedOneIsNot() {
        assertThat(smallestEigenvalueRatio(PROBLEM.trial(Covariance.PAPER, 1).train()))
                .isLessThan(1e-14);
        assertThat(smallestEigenvalueRatio(PROBLEM.trial(Covariance.SHARED, 1).train()))
                .isGreaterThan(1e-10);
    }

    @Test
    void thePapersCovarianceIsMMtWithoutItsSmallestEigenvalue() {
        Matrix m = Matrix.ofRows(new double[] {3, 1}, new double[] {0, 2});
        Matrix gram = Lapack.gram(m);
        double smallest = Lapack.symmetricEigenvalues(gram)[0];

        Matrix sigma = Lapack.gram(Covariance.PAPER.factor(m));

        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertThat(sigma.get(i, j)).isCloseTo(gram.get(i, j) - (i == j ? smallest : 0), within(1e-14));
            }
        }
        assertThat(Lapack.gram(Covariance.SHARED.factor(m))).isEqualTo(gram);
    }

    private static double smallestEigenvalueRatio(Samples samples) {
        double[] eigenvalues = Lapack.symmetricEigenvalues(Lapack.gram(samples.u()));
        return eigenvalues[0] / eigenvalues[eigenvalues.length - 1];
    }
}
