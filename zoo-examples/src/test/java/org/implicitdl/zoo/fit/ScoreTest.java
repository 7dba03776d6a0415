package org.implicitdl.zoo.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.zoo.table.Label;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ScoreTest {
    private static final Label CLASSES = new Label("answer", List.of("a", "b", "c"));
    private static final Label NUMBERS = new Label("answer", List.of());

    @Test
    void theFiguresOfClassesAreThoseOfTheirDefinitions() {
        INDArray expected = Nd4j.create(new double[][] {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {0, 1, 0}});
        INDArray predicted = Nd4j.create(new double[][] {{.5, .25, .25}, {.5, .5 - 1e-9, 0}, {.1, .8, .1}, {0, 0, 1}});
        ClassificationScore score = (ClassificationScore) Score.of(CLASSES, expected, predicted);

        assertThat(score.rows()).isEqualTo(4);
        assertThat(score.accuracy()).isEqualTo(0.5);
        // Class a is found in 2 of 3 rows, class b in none, class c does not occur.
        assertThat(score.balancedAccuracy()).isCloseTo((2.0 / 3 + 0) / 2, within(1e-12));
        assertThat(score.crossEntropy())
                .isCloseTo(-(2 * Math.log(.5) + Math.log(.1) + Math.log(1e-15)) / 4, within(1e-12));
        assertThat(score.value()).isEqualTo(0.5);
    }

    @Test
    void accuracyIsWhatDeeplearning4jCounts() {
        Nd4j.getRandom().setSeed(3);
        INDArray predicted = Transforms.softmax(Nd4j.randn(DataType.DOUBLE, 60, 3));
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, 60, 3);
        for (int i = 0; i < 60; i++) {
            expected.putScalar(i, i % 3, 1);
        }
        Evaluation evaluation = new Evaluation(3);
        evaluation.eval(expected, predicted);

        assertThat(Score.of(CLASSES, expected, predicted).value()).isEqualTo(evaluation.accuracy());
    }

    @Test
    void theFiguresOfNumbersAreThoseOfTheirDefinitions() {
        INDArray expected = Nd4j.create(new double[][] {{1}, {2}, {3}, {6}});
        INDArray predicted = Nd4j.create(new double[][] {{1}, {4}, {3}, {5}});
        RegressionScore score = (RegressionScore) Score.of(NUMBERS, expected, predicted);

        // Errors 0, -2, 0, 1; deviations from the mean 3: -2, -1, 0, 3.
        assertThat(score.rSquared()).isCloseTo(1 - 5.0 / 14, within(1e-12));
        assertThat(score.rootMeanSquaredError()).isCloseTo(Math.sqrt(5.0 / 4), within(1e-12));
        assertThat(score.meanAbsoluteError()).isEqualTo(0.75);
        assertThat(score.value()).isEqualTo(score.rSquared());
    }

    @Test
    void errorsOfNumbersAreWhatDeeplearning4jCounts() {
        Nd4j.getRandom().setSeed(4);
        INDArray expected = Nd4j.randn(DataType.DOUBLE, 40, 1);
        INDArray predicted = expected.add(Nd4j.randn(DataType.DOUBLE, 40, 1).mul(0.3));
        RegressionEvaluation evaluation = new RegressionEvaluation(1);
        evaluation.eval(expected, predicted);
        RegressionScore score = (RegressionScore) Score.of(NUMBERS, expected, predicted);

        assertThat(score.rootMeanSquaredError()).isCloseTo(evaluation.rootMeanSquaredError(0), within(1e-6));
        assertThat(score.meanAbsoluteError()).isCloseTo(evaluation.meanAbsoluteError(0), within(1e-6));
        assertThat(score.rSquared()).isCloseTo(evaluation.rSquared(0), within(1e-6));
    }

    @Test
    void equalNumbersHaveNoRSquared() {
        INDArray numbers = Nd4j.create(new double[][] {{2}});

        assertThat(Score.of(NUMBERS, numbers, numbers).value()).isNaN();
        assertThat(Score.of(NUMBERS, numbers, numbers).headline()).isEqualTo("R² undefined on 1 row");
    }

    @Test
    void everyFigureHasAName() {
        INDArray classes = Nd4j.eye(3);
        INDArray numbers = Nd4j.create(new double[][] {{2}, {3}});

        assertThat(Score.of(CLASSES, classes, classes).texts())
                .hasSameSizeAs(Score.of(CLASSES, classes, classes).names())
                .startsWith("100.00 %");
        assertThat(Score.of(NUMBERS, numbers, numbers).texts())
                .hasSameSizeAs(Score.of(NUMBERS, numbers, numbers).names())
                .startsWith("1.0000");
    }

    @Test
    void theBaselineKnowsTheTrainingLabelsOnly() {
        INDArray training = Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}});
        INDArray heldOut = Nd4j.create(new double[][] {{0, 1, 0}, {0, 0, 1}});
        Baseline baseline = Baseline.of(CLASSES, training);

        assertThat(baseline.description()).isEqualTo("always 'b'");
        assertThat(baseline.score(heldOut))
                .isEqualTo(new ClassificationScore(2, .5, .5, -(Math.log(.5) + Math.log(.25)) / 2));
        assertThat(Baseline.of(NUMBERS, Nd4j.create(new double[][] {{1}, {5}})).score(Nd4j.create(new double[][] {
                    {2}, {4}
                })))
                .isEqualTo(new RegressionScore(2, 0, 1, 1));
    }
}
