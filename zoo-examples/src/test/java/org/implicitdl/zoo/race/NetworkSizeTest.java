package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

class NetworkSizeTest {
    private static final ClassifierSettings SETTINGS = ClassifierSettings.mnist();

    @TempDir
    private Path folder;

    private static long parameters(Architecture architecture, ImageSet images) {
        return architecture.create(images, new NoOp(), 1).numParams();
    }

    @Test
    void onMnistTheNetworksDifferBy86Of238510Parameters() {
        ImageSet images = ImageData.mnistSubset(1).train();
        ImplicitClassifier implicit = ImplicitClassifier.ofThePerceptronsSize(SETTINGS, images);

        assertThat(parameters(new Perceptron(Activation.RELU), images))
                .isEqualTo(300 * 785 + 10 * 301)
                .isEqualTo(Perceptron.parameters(images));
        // A, B and b of n = 226 states; C, D and d of ten outputs.
        assertThat(parameters(implicit, images)).isEqualTo(226 * (226 + 784 + 1) + 10 * (226 + 784 + 1));
        assertThat(implicit.description()).contains("226 states", "relu", "NORM_INF");
    }

    @ParameterizedTest
    @EnumSource(
            value = WellPosed.class,
            names = {"NORM_INF", "MONOTONE", "SCALED_NORM_INF"})
    void noOtherNumberOfStatesIsCloser(WellPosed wellPosed) {
        ImageSet images = Examples.images(folder).train();
        ClassifierSettings settings = new ClassifierSettings(
                1, 1, 1, 1, Activation.RELU, wellPosed, OptionalDouble.empty(), SolverType.AUTO, 1);
        ImplicitClassifier chosen = ImplicitClassifier.ofThePerceptronsSize(settings, images);
        long wanted = Perceptron.parameters(images);
        int states = chosen.settings().stateSize();

        long difference = Math.abs(parameters(chosen, images) - wanted);

        assertThat(List.of(states - 1, states + 1))
                .allSatisfy(other -> assertThat(Math.abs(
                                parameters(new ImplicitClassifier(settings.withStateSize(other)), images) - wanted))
                        .isGreaterThanOrEqualTo(difference));
    }

    @Test
    void theSeedDecidesTheInitialWeights() {
        ImageSet images = Examples.images(folder).train();

        for (Architecture architecture :
                List.of(new Perceptron(Activation.TANH), new ImplicitClassifier(SETTINGS.withStateSize(4)))) {
            assertThat(architecture.create(images, new NoOp(), 2).params())
                    .isEqualTo(architecture.create(images, new NoOp(), 2).params())
                    .isNotEqualTo(architecture.create(images, new NoOp(), 3).params());
        }
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedBeforeAnythingIsTrained() {
        ImageSet images = Examples.images(folder).train();
        ClassifierSettings contradiction = new ClassifierSettings(
                1, 1, 1, 1, Activation.RELU, WellPosed.NORM_INF, OptionalDouble.of(2), SolverType.AUTO, 1);

        assertThatThrownBy(() -> ImplicitClassifier.ofThePerceptronsSize(contradiction, images))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("kappa");
    }
}
