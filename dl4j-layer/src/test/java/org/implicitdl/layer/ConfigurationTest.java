package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

/** Wrong options are refused by the layer's name, saying what was expected and what to try. */
class ConfigurationTest {

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("kappa must lie between 0 and 1", layer -> layer.kappa(1)),
                mistake("kappa must lie between 0 and 1", layer -> layer.kappa(0)),
                mistake("kappa must lie between 0 and 1", layer -> layer.kappa(Double.NaN)),
                mistake(
                        "kappa does not apply",
                        layer -> layer.wellPosed(WellPosed.NONE).kappa(0.5)),
                mistake(
                        "kappa does not apply",
                        layer -> layer.wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                                .kappa(0.5)),
                mistake("nIn must be positive, but is -1", layer -> layer.nIn(-1)),
                mistake("nOut must be positive, but is -2", layer -> layer.nOut(-2)),
                mistake("must be positive, but is -3", layer -> layer.stateSize(-3)),
                mistake("must be positive, but is 0", layer -> layer.stateSize(0)),
                mistake("at most 46340", layer -> layer.stateSize(50_000)),
                mistake("nOut is 3 and stateSize 5", layer -> layer.stateOutput(true)),
                mistake("tolerance must lie between 0 and 1", layer -> layer.tolerance(0)),
                mistake("tolerance must lie between 0 and 1", layer -> layer.tolerance(-1e-5)),
                mistake("tolerance must lie between 0 and 1", layer -> layer.tolerance(Double.NaN)),
                mistake("maxIterations must be at least 1", layer -> layer.maxIterations(0)),
                mistake(
                        "maxIterations does not apply",
                        layer -> layer.wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                                .solver(SolverType.BACK_SUBSTITUTION)
                                .maxIterations(5)),
                mistake("damping applies to PICARD only", layer -> layer.damping(0.5)),
                mistake(
                        "damping must be above 0",
                        layer -> layer.solver(SolverType.PICARD).damping(0)),
                mistake("andersonDepth applies to ANDERSON only", layer -> layer.andersonDepth(3)),
                mistake(
                        "andersonDepth must lie between 1 and 50",
                        layer -> layer.solver(SolverType.ANDERSON).andersonDepth(0)),
                mistake("andersonRidge applies to ANDERSON only", layer -> layer.andersonRidge(1e-8)),
                mistake(
                        "andersonRidge must lie between 0 and 1",
                        layer -> layer.solver(SolverType.ANDERSON).andersonRidge(-1)),
                mistake(
                        "needs wellPosed(STRICTLY_UPPER_TRIANGULAR)",
                        layer -> layer.solver(SolverType.BACK_SUBSTITUTION)),
                mistake("needs wellPosed(MONOTONE)", layer -> layer.solver(SolverType.PEACEMAN_RACHFORD)),
                mistake("phantomSteps applies to PHANTOM only", layer -> layer.phantomSteps(3)),
                mistake("phantomDamping applies to PHANTOM only", layer -> layer.phantomDamping(0.5)),
                mistake(
                        "phantomSteps must be at least 1",
                        layer -> layer.gradient(GradientType.PHANTOM).phantomSteps(0)),
                mistake("weightInit applies to weights", layer -> layer.weightInit("b", new WeightInitXavier())),
                mistake(
                        "warmStart does not apply",
                        layer -> layer.wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                                .warmStart(true)),
                mistake("there is no parameter 'W'", layer -> layer.updater("W", new Sgd(1))),
                mistake(
                        "there is no parameter 'D'",
                        layer -> layer.directTerm(false).l2("D", 1)));
    }

    private static Arguments mistake(String message, UnaryOperator<ImplicitLayer.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void theBuilderRefuses(String message, UnaryOperator<ImplicitLayer.Builder> change) {
        ImplicitLayer.Builder layer = change.apply(Networks.layer().name("deep"));

        assertThatThrownBy(layer::build)
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("'deep'")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> mismatches() {
        return Stream.of(
                mistake("has no Lipschitz constant", layer -> layer.activation(Activation.CUBE)),
                mistake("is no map of the state", layer -> layer.activation(Activation.RRELU)),
                mistake(
                        "mixes them",
                        layer -> layer.activation(Activation.SOFTMAX).wellPosed(WellPosed.MONOTONE)),
                mistake(
                        "mixes them",
                        layer -> layer.activation(Activation.SOFTMAX).wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)),
                mistake(
                        "nondecreasing",
                        layer -> layer.activation(Activation.SWISH).wellPosed(WellPosed.MONOTONE)));
    }

    /** What depends on the activation is known when the layer is part of a network. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("mismatches")
    void theNetworkRefuses(String message, UnaryOperator<ImplicitLayer.Builder> change) {
        ImplicitLayer layer = change.apply(Networks.layer().name("deep")).build();

        assertThatThrownBy(() -> Networks.network(Networks.builder(), layer, Networks.softmax(3, 2)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("'deep'")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingNumberOfInputsIsRefused() {
        ImplicitLayer layer = Networks.layer().nIn(0).name("deep").build();

        assertThatThrownBy(() -> Networks.network(Networks.builder(), layer, Networks.softmax(3, 2)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("'deep'")
                .hasMessageContaining("setInputType");
    }

    @Test
    void halfPrecisionIsRefused() {
        assertThatThrownBy(() -> Networks.network(
                        Networks.builder().dataType(DataType.FLOAT16),
                        Networks.layer().build(),
                        Networks.softmax(3, 2)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("FLOAT or DOUBLE");
    }

    @Test
    void cubeIsAllowedWhereTheStructureAloneDetermines() {
        ImplicitLayer layer = Networks.layer()
                .activation(Activation.CUBE)
                .wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                .build();

        assertThatCode(() -> Networks.network(Networks.builder(), layer, Networks.softmax(3, 2)))
                .doesNotThrowAnyException();
    }
}
