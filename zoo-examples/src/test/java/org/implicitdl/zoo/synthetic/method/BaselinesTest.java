package org.implicitdl.zoo.synthetic.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.zoo.synthetic.Covariance;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.Samples;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.TanhNetwork;
import org.implicitdl.zoo.synthetic.Trial;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final SyntheticProblem PROBLEM = new SyntheticProblem(3);
    private static final Trial TRIAL = PROBLEM.trial(Covariance.SHARED, 1);

    @Test
    void zeroHasTheErrorOfTheOutputsThemselves() {
        Point point = new ZeroPrediction().fit(TRIAL).last();

        assertThat(point.trainRmse()).isCloseTo(TRIAL.train().y().frobeniusNorm() / Math.sqrt(1000), within(1e-14));
        assertThat(point.testRmse()).isCloseTo(TRIAL.test().y().frobeniusNorm() / Math.sqrt(500), within(1e-14));
    }

    @Test
    void leastSquaresFindsALinearTeacherExactly() {
        TanhNetwork linear = new TanhNetwork(List.of(Matrix.ofRows(new double[20], ones(20))));
        Trial trial =
                new Trial(1, Covariance.SHARED, linear, label(linear, TRIAL.train()), label(linear, TRIAL.test()), 1);

        Point point = new LinearLeastSquares().fit(trial).last();

        assertThat(point.trainRmse()).isLessThan(1e-12);
        assertThat(point.testRmse()).isLessThan(1e-12);
    }

    @Test
    void leastSquaresIgnoresTheDirectionThatThePapersInputsLeaveOut() {
        Trial trial = PROBLEM.trial(Covariance.PAPER, 1);

        Point point = new LinearLeastSquares().fit(trial).last();

        // A weight on the missing direction, fitted to rounding errors, would be of the order of 1e12.
        assertThat(point.testRmse()).isLessThan(1);
    }

    @Test
    void theLearningRateWithTheLeastTrainingErrorIsChosen() {
        RmsPropMethod method = new RmsPropMethod("m", 20, 9, 1, List.of(1e-6, 2e-2, 10.0), 1e-6);

        RmsPropMethod tuned = (RmsPropMethod) method.tunedOn(PROBLEM.tuningTrials(Covariance.SHARED, 1));

        assertThat(tuned.rate()).isEqualTo(2e-2);
        assertThat(tuned.settings()).contains("0.02");
        assertThat(method.rate()).isEqualTo(1e-6);
    }

    @Test
    void theNetworksWeightsAreReadAsThePaperWritesThem() {
        org.deeplearning4j.nn.multilayer.MultiLayerNetwork network =
                PaperNetwork.create(1, new org.nd4j.linalg.learning.config.Sgd(0.1));
        Matrix u = TRIAL.test().u();

        Matrix byDeeplearning4j =
                Matrix.copyOf(network.output(u.transpose().toArray(org.nd4j.linalg.api.buffer.DataType.FLOAT)));

        Matrix byWeights = PaperNetwork.weightsOf(network).predict(u).transpose();
        assertThat(new Samples(u, byWeights.transpose()).rmse(byDeeplearning4j.transpose()))
                .isLessThan(1e-5);
        assertThat(Lapack.gram(byWeights).maxAbs()).isGreaterThan(1e-2);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static Samples label(TanhNetwork teacher, Samples samples) {
        return new Samples(samples.u(), teacher.predict(samples.u()));
    }
}
