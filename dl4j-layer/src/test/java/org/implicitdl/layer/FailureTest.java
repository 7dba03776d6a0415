package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.wellposed.IllPosedException;
import org.implicitdl.wellposed.RowL1Ball;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What cannot be computed is said so, by the layer's name, and nothing goes on with wrong numbers. */
class FailureTest {
    private static final DataSet DATA = new DataSet(Networks.features(1, 5, 4), Networks.labels(5, 2));

    private static MultiLayerNetwork network(ImplicitLayer.Builder layer) {
        return Networks.network(
                Networks.builder(new Sgd(0.1)), layer.name("deep").build(), Networks.softmax(3, 2));
    }

    /** One evaluation never suffices. */
    private static ImplicitLayer.Builder hurried() {
        return Networks.layer().solver(SolverType.PICARD).maxIterations(2).tolerance(1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aFeatureThatIsNoNumberIsNamed(double value) {
        MultiLayerNetwork network = network(Networks.layer());
        INDArray features = Networks.features(1, 5, 4);
        features.putScalar(2, 1, value);

        assertThatThrownBy(() -> network.output(features))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("input")
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> network.fit(new DataSet(features, Networks.labels(5, 2))))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "b"})
    void aParameterThatIsNoNumberIsNamed(String parameter) {
        MultiLayerNetwork network = network(Networks.layer());
        network.getParam("0_" + parameter).putScalar(1, Double.NaN);

        assertThatThrownBy(() -> network.output(DATA.getFeatures()))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("parameter " + parameter)
                .hasMessageContaining("deep");
    }

    @Test
    void anUpdateToNoNumberStopsTheTraining() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Sgd(Double.POSITIVE_INFINITY)),
                Networks.layer().name("deep").build(),
                Networks.softmax(3, 2));

        assertThatThrownBy(() -> network.fit(DATA))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("learning rate")
                .hasMessageContaining("deep");
    }

    @Test
    void inferenceThrowsIfAStateIsNotFound() {
        assertThatThrownBy(() -> network(hurried()).output(DATA.getFeatures()))
                .isInstanceOf(FixedPointException.class)
                .hasMessageContaining("deep")
                .hasMessageContaining("of 5 samples")
                .hasMessageContaining("2 iterations")
                .hasMessageContaining("certificate")
                .hasMessageContaining("raise the limit");
    }

    @Test
    void aLimitThatIsSaidHoldsForTheAutomaticChoiceToo() {
        MultiLayerNetwork network = network(Networks.layer().maxIterations(2).tolerance(1e-13));

        assertThatThrownBy(() -> network.output(DATA.getFeatures()))
                .isInstanceOf(FixedPointException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void inferenceGoesOnIfItMayWarn() {
        MultiLayerNetwork network = network(hurried().inferenceFailure(FailureAction.WARN));

        assertThatCode(() -> network.output(DATA.getFeatures())).doesNotThrowAnyException();
        assertThat(Networks.implicit(network, 0).lastReport().orElseThrow().failures())
                .isEqualTo(5);
    }

    @Test
    void trainingGoesOnWithTheBestIterate() {
        MultiLayerNetwork network = network(hurried());
        INDArray before = network.params().dup();

        network.fit(DATA);

        assertThat(network.params().distance2(before)).isPositive();
        assertThat(Networks.implicit(network, 0).lastReport().orElseThrow().failures())
                .isEqualTo(5);
    }

    @Test
    void trainingThrowsIfItShall() {
        MultiLayerNetwork network = network(hurried().trainingFailure(FailureAction.THROW));

        assertThatThrownBy(() -> network.fit(DATA))
                .isInstanceOf(FixedPointException.class)
                .hasMessageContaining("deep");
    }

    /** Listeners and checkpoints see parameters before the constraints; a restored network must work all the same. */
    @Test
    void parametersOutsideTheBallAreUsedAsTheNextUpdateWouldRestoreThem() {
        MultiLayerNetwork outside = network(Networks.layer());
        MultiLayerNetwork inside = network(Networks.layer());
        INDArray a = Nd4j.eye(5).muli(3).castTo(DATA.getFeatures().dataType());
        outside.setParam("0_A", a);
        inside.setParam("0_A", new RowL1Ball(0.95).project(a));

        assertThat(outside.output(DATA.getFeatures())).isEqualTo(inside.output(DATA.getFeatures()));
        assertThat(Networks.implicit(outside, 0).certificate().margin()).isPositive();
    }

    @Test
    void withoutEnforcementParametersThatNothingProvesWellPosedHaveNoCertificate() {
        MultiLayerNetwork network = network(Networks.layer().wellPosed(WellPosed.NONE));
        network.setParam("0_A", Nd4j.eye(5).muli(3).castTo(DATA.getFeatures().dataType()));

        assertThatThrownBy(() -> Networks.implicit(network, 0).certificate())
                .isInstanceOf(IllPosedException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void theNextUpdateRestoresParametersThatWereSetOutsideTheBall() {
        MultiLayerNetwork network = network(Networks.layer().kappa(0.5));
        network.getParam("0_A").assign(0.19);

        network.fit(DATA);

        assertThat(network.getParam("0_A").norm1(1).maxNumber().doubleValue()).isLessThanOrEqualTo(0.5);
    }

    @Test
    void withoutEnforcementTheEquationIsTriedAllTheSame() {
        MultiLayerNetwork network = network(Networks.layer().wellPosed(WellPosed.NONE));
        network.setParam("0_A", Nd4j.eye(5).muli(-3).castTo(DATA.getFeatures().dataType()));

        assertThatCode(() -> network.output(DATA.getFeatures())).doesNotThrowAnyException();
        assertThat(Networks.implicit(network, 0).lastReport().orElseThrow().failures())
                .isZero();
    }

    @Test
    void featuresOfAnotherWidthOrRankAreRefused() {
        MultiLayerNetwork network = network(Networks.layer());

        assertThatThrownBy(() -> network.output(Networks.features(1, 5, 3)))
                .isInstanceOf(DL4JInvalidInputException.class)
                .hasMessageContaining("[samples, 4]")
                .hasMessageContaining("[5, 3]")
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> network.output(Networks.features(1, 5, 4, 2)))
                .isInstanceOf(DL4JInvalidInputException.class)
                .hasMessageContaining("deep");
    }

    private static String logOf(Runnable action) {
        PrintStream original = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(original);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void switchingWellPosednessOffLeavesAWarning() {
        assertThat(logOf(() -> network(Networks.layer().wellPosed(WellPosed.NONE))))
                .contains("WARN", "deep", "may have no solution");
        assertThat(logOf(() -> network(Networks.layer()))).doesNotContain("WARN");
    }

    @Test
    void theFirstFailureInTrainingIsLoggedAndTheListenerSaysEach() {
        MultiLayerNetwork network = network(hurried());

        assertThat(logOf(() -> network.fit(DATA))).contains("WARN", "deep", "best iterate");
        assertThat(logOf(() -> network.fit(DATA))).doesNotContain("best iterate");
        network.setListeners(new ImplicitLayerListener());
        assertThat(logOf(() -> network.fit(DATA))).contains("WARN", "deep", "5 of 5 samples not converged");
    }
}
