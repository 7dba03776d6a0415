package org.implicitdl.zoo.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

class TableFitTest {
    private static final NetworkShape DENSE = new HiddenLayers(List.of(8), Activation.TANH);
    private static final NetworkShape LINEAR = new HiddenLayers(List.of(), Activation.TANH);
    private static final NetworkShape IMPLICIT = new ImplicitStates(6, Activation.TANH);
    private static final TrainerSettings BCD =
            BcdSettings.withDefaults().withSweeps(8).withRidge(0.1);
    private static final TrainerSettings IMPLICIT_BCD =
            ImplicitBcdSettings.withDefaults().withSweeps(4).withRidge(0.1);

    private static FitResults run(NamedTable table, NetworkShape shape, TrainerSettings trainer) {
        return run(table.data(), new FitSettings(trainer, shape, 1), Progress.none());
    }

    private static FitResults run(TableData data, FitSettings settings, Progress progress) {
        return TableFit.run(settings, data, data.holdingOut(0.2, settings.seed()), progress);
    }

    static Stream<Arguments> fits() {
        TrainerSettings adam = new BackPropagationSettings(new Adam(0.02), 8, 32);
        TrainerSettings rmsProp = new BackPropagationSettings(new RmsProp(0.01), 10, 32);
        return Stream.of(
                Arguments.of(NamedTable.IRIS, DENSE, BCD, 0.9),
                Arguments.of(NamedTable.IRIS, IMPLICIT, IMPLICIT_BCD, 0.9),
                Arguments.of(NamedTable.IRIS, IMPLICIT, adam, 0.8),
                Arguments.of(NamedTable.WINE, new HiddenLayers(List.of(8, 6), Activation.RELU), BCD, 0.9),
                Arguments.of(NamedTable.BREAST_CANCER, LINEAR, adam, 0.9),
                Arguments.of(NamedTable.DIABETES, LINEAR, BCD, 0.3),
                Arguments.of(NamedTable.DIABETES, DENSE, rmsProp, 0.3),
                Arguments.of(NamedTable.DIABETES, IMPLICIT, IMPLICIT_BCD, 0.3));
    }

    /** The bars are far above the baselines, which are .33 to .63 for classes and at most 0 for numbers. */
    @ParameterizedTest
    @MethodSource("fits")
    void heldOutRowsArePredictedFarBetterThanByTheBaseline(
            NamedTable table, NetworkShape shape, TrainerSettings trainer, double bar) {
        FitResults results = run(table, shape, trainer);

        assertThat(results.heldOutScore().value())
                .isGreaterThan(bar)
                .isGreaterThan(results.baselineScore().value() + 0.25);
        assertThat(results.trainingScore().rows() + results.heldOutScore().rows())
                .isEqualTo(table.data().size());
    }

    /** Without a hidden layer and with almost no ridge, block coordinate descent is ordinary least squares. */
    @Test
    void aLinearModelOfTheDiabetesTableHasThePublishedErrorOfLeastSquares() {
        TableData data = NamedTable.DIABETES.data();
        int[] all = data.table().allRows();
        FitSettings settings = new FitSettings(BcdSettings.withDefaults().withRidge(1e-9), LINEAR, 1);

        RegressionScore score = (RegressionScore) TableFit.run(settings, data, new Split(all, all), Progress.none())
                .trainingScore();

        // Efron, Hastie, Johnstone, Tibshirani (2004): R² = .518 of the full least squares fit.
        assertThat(score.rSquared()).isBetween(0.5175, 0.5185);
    }

    @Test
    void theSameSettingsGiveTheSamePredictions() {
        FitResults first = run(NamedTable.IRIS, DENSE, BCD);
        FitResults second = run(NamedTable.IRIS, DENSE, BCD);

        assertThat(first.predicted().equalsWithEps(second.predicted(), 0)).isTrue();
    }

    @Test
    void theProgressHasAStepForEveryEpoch() {
        AtomicInteger steps = new AtomicInteger();
        Progress counting = new Progress() {
            @Override
            public void doing(String what) {
                assertThat(what).startsWith("score ");
            }

            @Override
            public void step() {
                steps.incrementAndGet();
            }

            @Override
            public void close() {}
        };
        run(NamedTable.IRIS.data(), new FitSettings(BCD, DENSE, 1), counting);

        assertThat(steps.get()).isEqualTo(BCD.epochs());
    }

    @Test
    void aTrainingThatDivergesEndsWithWhatToDo() {
        TrainerSettings reckless = new BackPropagationSettings(new Sgd(1e6), 50, 32);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> run(NamedTable.DIABETES, DENSE, reckless))
                .withMessageContainingAll("Sgd", "1000000.0", "smaller learning rate");
    }
}
