package org.implicitdl.zoo.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.SchemaOptions;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Tables;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class FitAdviceTest {
    private static final NetworkShape DENSE = new HiddenLayers(List.of(4), Activation.TANH);
    private static final NetworkShape LINEAR = new HiddenLayers(List.of(), Activation.TANH);
    private static final NetworkShape IMPLICIT = new ImplicitStates(4, Activation.TANH);
    private static final TrainerSettings ADAM = new BackPropagationSettings(new Adam(0.01), 30, 32);
    private static final FitResults DIABETES = fit(NamedTable.DIABETES);
    private static final FitResults IRIS = fit(NamedTable.IRIS);

    private static FitResults fit(NamedTable table) {
        TableData data = table.data();
        FitSettings settings = new FitSettings(BcdSettings.withDefaults().withRidge(1), LINEAR, 1);
        return TableFit.run(settings, data, data.holdingOut(0.2, 1), Progress.none());
    }

    /** The fit of the diabetes table as if it had been made with other settings, and had come to other predictions. */
    private static List<String> advice(TrainerSettings trainer, NetworkShape shape, INDArray predicted) {
        return advice(DIABETES, new FitSettings(trainer, shape, 1), predicted);
    }

    /** That of the iris table with another curve. */
    private static List<String> advice(TrainerSettings trainer, double... curve) {
        return advice(IRIS, new FitSettings(trainer, DENSE, 1), IRIS.predicted(), curve);
    }

    private static List<String> advice(FitResults fit, FitSettings settings, INDArray predicted, double... curve) {
        return FitAdvice.of(new FitResults(
                settings,
                fit.data(),
                fit.split(),
                fit.model(),
                fit.trained(),
                predicted,
                DoubleStream.of(curve).boxed().toList(),
                1));
    }

    private static double[] curve(double factor) {
        return IntStream.range(0, 20).mapToDouble(i -> Math.pow(factor, i)).toArray();
    }

    @Test
    void theAdvantageOfClassesIsThatOfTheirHitsInPairs() {
        Label label = new Label("b", List.of("x", "y"));
        INDArray expected = Nd4j.create(new double[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
        INDArray predicted = Nd4j.create(new double[][] {{.9, .1}, {.4, .6}, {.3, .7}, {.2, .8}});
        INDArray always = Nd4j.create(new double[][] {{.6, .4}, {.6, .4}, {.6, .4}, {.6, .4}});

        Advantage advantage = Advantage.of(label, expected, predicted, always);

        // 0, -1, 1, 1: the mean is 1/4, the squares of the deviations are 1/16, 25/16, 9/16, 9/16.
        assertThat(advantage.mean()).isEqualTo(0.25);
        assertThat(advantage.standardError()).isCloseTo(Math.sqrt(44.0 / 16 / (4 * 3)), within(1e-12));
        assertThat(advantage.isClear()).isFalse();
    }

    @Test
    void theAdvantageOfNumbersIsThatOfTheirSquaredErrors() {
        Label label = new Label("b", List.of());
        INDArray expected = Nd4j.create(new double[][] {{1}, {2}, {6}});
        INDArray predicted = Nd4j.create(new double[][] {{1}, {3}, {5}});
        INDArray always = Nd4j.create(new double[][] {{3}, {3}, {3}});

        Advantage advantage = Advantage.of(label, expected, predicted, always);

        // 4 - 0, 1 - 1, 9 - 1.
        assertThat(advantage.mean()).isCloseTo(4, within(1e-12));
        assertThat(advantage.standardError()).isCloseTo(Math.sqrt(32.0 / 6), within(1e-12));
        assertThat(expected).isEqualTo(Nd4j.create(new double[][] {{1}, {2}, {6}}));
    }

    @Test
    void aGoodFitNeedsNoAdvice() {
        assertThat(FitAdvice.of(DIABETES)).isEmpty();
        assertThat(FitAdvice.of(IRIS)).isEmpty();
    }

    @Test
    void aFitLikeTheBaselineIsToldWhatToTryInsteadOfWhatWasTried() {
        INDArray mean = DIABETES.predicted()
                .mul(0)
                .add(DIABETES.data().labels(DIABETES.split().train()).meanNumber());
        TrainerSettings bcd = BcdSettings.withDefaults();

        assertThat(advice(bcd, LINEAR, mean))
                .singleElement()
                .asString()
                .contains("clearly", "'progression'", "--hidden 16");
        assertThat(advice(bcd, DENSE, mean).get(0)).contains("--polish 12", "--batch 32", "--trainer adam");
        assertThat(advice(ImplicitBcdSettings.withDefaults(), IMPLICIT, mean).get(0))
                .contains("--polish 12", "--batch 32");
        assertThat(advice(ImplicitBcdSettings.withDefaults().withPolishSteps(9), IMPLICIT, mean)
                        .get(0))
                .contains("--polish 18", "--batch 32");
        assertThat(advice(FitSettings.byBatches(), DENSE, mean).get(0))
                .contains("--sweeps")
                .doesNotContain("--batch");
        assertThat(advice(ADAM, DENSE, mean).get(0))
                .contains("--epochs", "--trainer bcd")
                .doesNotContain("adam");
    }

    @Test
    void fewRowsThatAreAllRightAskForMoreRowsInsteadOfAnotherTrainer() {
        TableData data = TableData.of(Tables.of("a,b", "1,x", "2,y", "1,x", "2,y"), SchemaOptions.label("b"));
        FitResults fit = TableFit.run(
                new FitSettings(BcdSettings.withDefaults(), LINEAR, 1), data, data.holdingOut(0.5, 1), Progress.none());

        assertThat(fit.heldOutScore().value()).isEqualTo(1);
        assertThat(FitAdvice.of(fit).get(0))
                .contains("too few to tell", "--held-out")
                .doesNotContain("--hidden");
    }

    @Test
    void aScoreThatStillFallsAsksForMoreEpochs() {
        assertThat(advice(ADAM, curve(0.9))).singleElement().asString().contains("still fell", "--epochs 60");
        assertThat(advice(FitSettings.byBatches(), curve(0.9)).get(0)).contains("--sweeps 40");
        assertThat(advice(ADAM, curve(0.99))).isEmpty();
        assertThat(advice(ADAM, 4, 3, 2, 1)).isEmpty();
    }

    @Test
    void afterAPolishItIsThePolishThatIsToGoOn() {
        double[] curve = curve(0.9);
        for (TrainerSettings trainer : List.of(
                BcdSettings.withDefaults().withSweeps(8).withPolishSteps(12),
                ImplicitBcdSettings.withDefaults().withSweeps(8).withPolishSteps(12))) {
            assertThat(advice(trainer, curve))
                    .singleElement()
                    .asString()
                    .contains("--polish 24")
                    .doesNotContain("--sweeps");
        }
    }

    @Test
    void aPolishThatEndedByItselfIsNotToGoOn() {
        TrainerSettings trainer = BcdSettings.withDefaults().withSweeps(8).withPolishSteps(13);
        assertThat(advice(trainer, curve(0.9))).isEmpty();
    }

    /** 0.9 to the power of 19, as the progress tells it too. */
    @Test
    void theScoreThatIsToldIsTheLastOne() {
        assertThat(advice(ADAM, curve(0.9)).get(0)).contains("the last of 20 epochs, to 0.1351:");
    }

    /** The training rows of the diabetes table are explained far better than the others. */
    @Test
    void afterAFitByHeartMoreEpochsAreNotAdvised() {
        assertThat(advice(DIABETES, new FitSettings(ADAM, DENSE, 1), DIABETES.predicted(), curve(0.9)))
                .isEmpty();
    }
}
