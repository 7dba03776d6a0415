package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Nothing is lost in files, text forms and copies. */
class SerializationTest {
    private static final INDArray FEATURES = Networks.features(9, 7, 4);

    @TempDir
    private Path folder;

    static Stream<ImplicitLayer> layers() {
        return Stream.of(
                Networks.layer().build(),
                Networks.layer().wellPosed(WellPosed.MONOTONE).kappa(0.8).build(),
                Networks.layer()
                        .wellPosed(WellPosed.SCALED_NORM_INF)
                        .hasBias(false)
                        .build(),
                Networks.layer()
                        .wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                        .solver(SolverType.BACK_SUBSTITUTION)
                        .directTerm(false)
                        .build(),
                Networks.layer()
                        .nOut(5)
                        .stateOutput(true)
                        .activation(Activation.RELU)
                        .solver(SolverType.ANDERSON)
                        .andersonDepth(3)
                        .andersonRidge(1e-9)
                        .tolerance(1e-13)
                        .maxIterations(77)
                        .warmStart(true)
                        .gradient(GradientType.PHANTOM)
                        .phantomSteps(4)
                        .phantomDamping(0.7)
                        .trainingFailure(FailureAction.THROW)
                        .inferenceFailure(FailureAction.WARN)
                        .updater("A", new Adam(0.01))
                        .l2("B", 0.1)
                        .weightInit("B", new WeightInitXavier())
                        .constrain("A", new NonNegativeConstraint())
                        .build(),
                Networks.layer().solver(SolverType.PICARD).damping(0.5).build());
    }

    private static MultiLayerNetwork trained(ImplicitLayer layer) {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Adam(0.01)), layer.clone(), Networks.softmax((int) layer.getNOut(), 2));
        network.fit(new DataSet(FEATURES, Networks.labels(7, 2)));
        return network;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void jsonAndYamlRestoreTheConfiguration(ImplicitLayer layer) {
        MultiLayerConfiguration conf = trained(layer).getLayerWiseConfigurations();

        assertThat(MultiLayerConfiguration.fromJson(conf.toJson()).getConf(0).getLayer())
                .isEqualTo(conf.getConf(0).getLayer());
        assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml()).getConf(0).getLayer())
                .isEqualTo(conf.getConf(0).getLayer());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aSavedNetworkGoesOnWhereItWas(ImplicitLayer layer) throws Exception {
        MultiLayerNetwork network = trained(layer);
        File file = folder.resolve("network.zip").toFile();

        ModelSerializer.writeModel(network, file, true);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);

        assertThat(restored.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
        assertThat(restored.output(FEATURES)).isEqualTo(network.output(FEATURES));
        DataSet more = new DataSet(FEATURES, Networks.labels(7, 2));
        network.fit(more);
        restored.fit(more);
        assertThat(restored.params().distance2(network.params())).isLessThan(1e-12);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void clonesShareNothing(ImplicitLayer layer) {
        MultiLayerNetwork network = trained(layer);
        INDArray before = network.output(FEATURES).dup();
        MultiLayerNetwork clone = network.clone();
        EquilibriumLayer copy = (EquilibriumLayer) Networks.implicit(network, 0).clone();

        assertThat(clone.output(FEATURES)).isEqualTo(before);
        assertThat(copy.params()).isEqualTo(network.getLayer(0).params());
        clone.params().muli(0.5);
        copy.params().muli(0.5);
        assertThat(network.output(FEATURES)).isEqualTo(before);
    }

    @Test
    void equalityHeedsEveryOption() {
        ImplicitLayer[] all = layers().toArray(ImplicitLayer[]::new);

        for (int i = 0; i < all.length; i++) {
            assertThat(all[i].clone()).isEqualTo(all[i]).hasSameHashCodeAs(all[i]);
            for (int j = 0; j < i; j++) {
                assertThat(all[i]).isNotEqualTo(all[j]);
            }
        }
    }

    @Test
    void aConfigurationWithAWrongNumberIsRefusedByTheLayersName() {
        String json = trained(Networks.layer().name("deep").build())
                .getLayerWiseConfigurations()
                .toJson();
        MultiLayerConfiguration damaged =
                MultiLayerConfiguration.fromJson(json.replaceAll("\"kappa\" : [0-9.]+", "\"kappa\" : 1.5"));

        assertThatThrownBy(() -> new MultiLayerNetwork(damaged).init())
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("'deep'")
                .hasMessageContaining("1.5");
    }

    @Test
    void aConfigurationOfAnotherSizeThanItsParametersIsRefused() throws Exception {
        MultiLayerNetwork network = trained(Networks.layer().name("deep").build());
        MultiLayerConfiguration larger = MultiLayerConfiguration.fromJson(
                network.getLayerWiseConfigurations().toJson().replaceAll("\"stateSize\" : 5", "\"stateSize\" : 6"));

        assertThatThrownBy(() -> new MultiLayerNetwork(larger).init(network.params(), false))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(String.valueOf(network.numParams()));
    }
}
