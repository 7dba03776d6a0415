package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LayerExportTest {
    @TempDir
    private Path folder;

    private static NeuralNetConfiguration.ListBuilder layers(DataType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(type)
                .list()
                .validateOutputLayerConfig(false);
    }

    private static MultiLayerNetwork network(DataType type, InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = layers(type);
        Stream.of(layers).forEach(list::layer);
        if (input != null) {
            list.setInputType(input);
        }
        return RandomNetworks.initialized(list);
    }

    private static DenseLayer dense(int size, Activation activation) {
        return new DenseLayer.Builder()
                .nOut(size)
                .activation(activation)
                .biasInit(0.2)
                .build();
    }

    private static OutputLayer softmax(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork mixed(DataType type) {
        return network(
                type,
                InputType.feedForward(4),
                dense(6, Activation.RELU),
                dense(5, Activation.TANH),
                dense(7, Activation.SWISH),
                softmax(3));
    }

    private static MultiLayerNetwork images(CNN2DFormat format, PoolingType pooling) {
        return network(
                DataType.DOUBLE,
                images(format),
                new ConvolutionLayer.Builder(3, 2)
                        .nOut(3)
                        .activation(Activation.RELU)
                        .dataFormat(format)
                        .build(),
                new SubsamplingLayer.Builder(pooling)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .dataFormat(format)
                        .build(),
                dense(6, Activation.TANH),
                softmax(3));
    }

    private static ImplicitNetwork convert(MultiLayerNetwork network) {
        return NetworkConverter.standard().convert(network);
    }

    private static InputType images(CNN2DFormat format) {
        return InputType.convolutional(6, 5, 2, format);
    }

    private static ImplicitNetwork convert(CNN2DFormat format, PoolingType pooling) {
        return NetworkConverter.standard().convert(images(format, pooling), images(format));
    }

    private static void assertSame(INDArray actual, INDArray expected, double relative) {
        double scale = expected.amaxNumber().doubleValue();
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.dataType()).isEqualTo(expected.dataType());
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isCloseTo(0, within(relative * scale));
    }

    private static DataSet data(long seed, DataType type) {
        INDArray labels = Nd4j.zeros(type, 9, 3);
        IntStream.range(0, 9).forEach(i -> labels.putScalar(i, i * 5 % 3, 1));
        return new DataSet(RandomNetworks.normal(seed, 9, 4, type), labels);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void oneLayerComputesAndScoresAsTheNetworkDid(DataType type) {
        MultiLayerNetwork network = mixed(type);
        MultiLayerNetwork exported = convert(network).toMultiLayerNetwork();
        double rounding = type == DataType.DOUBLE ? 1e-12 : 1e-5;
        DataSet data = data(1, type);

        assertThat(exported.getnLayers()).isEqualTo(2);
        ImplicitLayer layer =
                (ImplicitLayer) exported.getLayerWiseConfigurations().getConf(0).getLayer();
        assertThat(layer.getStateSize()).isEqualTo(6 + 5 + 7);
        assertThat(layer.getWellPosed()).isEqualTo(WellPosed.STRICTLY_UPPER_TRIANGULAR);
        assertSame(exported.output(data.getFeatures()), network.output(data.getFeatures()), rounding);
        assertThat(exported.score(data)).isCloseTo(network.score(data), within(rounding * network.score(data)));
    }

    /** The seeds of draws over depth, activations, element-wise layers and ends; softmax in the middle is refused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomNetworksComeBackOrAreRefusedForTheirSoftmax(long seed) {
        MultiLayerNetwork network = RandomNetworks.any(seed, 1 + (int) seed % 4, DataType.DOUBLE);
        ImplicitNetwork implicit = convert(network);
        if (!implicit.preOutput().phi().isComponentwise()) {
            assertThatThrownBy(implicit::toMultiLayerNetwork)
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("mixes states");
            return;
        }
        INDArray features = RandomNetworks.features(seed, 4, network);
        assertSame(implicit.toMultiLayerNetwork().output(features), network.output(features), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void imagesAreTakenAsTheNetworkTakesThem(CNN2DFormat format) {
        MultiLayerNetwork network = images(format, PoolingType.AVG);
        INDArray flat = RandomNetworks.normal(3, 4, 60, DataType.DOUBLE);
        INDArray features = format == CNN2DFormat.NCHW ? flat.reshape('c', 4, 2, 6, 5) : flat.reshape('c', 4, 6, 5, 2);
        assertSame(
                convert(format, PoolingType.AVG).toMultiLayerNetwork().output(features),
                network.output(features),
                1e-12);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SOFTMAX", "TANH", "IDENTITY"})
    void networksWithoutALossEndWithTheirActivation(Activation end) {
        MultiLayerNetwork network = network(
                DataType.DOUBLE,
                InputType.feedForward(4),
                dense(6, Activation.SIGMOID),
                dense(3, Activation.IDENTITY),
                new ActivationLayer(end));
        INDArray features = RandomNetworks.normal(4, 5, 4, DataType.DOUBLE);
        assertSame(convert(network).toMultiLayerNetwork().output(features), network.output(features), 1e-12);
    }

    @Test
    void trainingGoesOnFromAFileToo() throws IOException {
        MultiLayerNetwork exported =
                LayerExport.withDefaults().withUpdater(new Sgd(0.1)).export(convert(mixed(DataType.DOUBLE)));
        DataSet data = data(2, DataType.DOUBLE);
        double before = exported.score(data);
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(exported, file, true);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);

        assertThat(restored.output(data.getFeatures())).isEqualTo(exported.output(data.getFeatures()));
        IntStream.range(0, 50).forEach(i -> exported.fit(data));
        IntStream.range(0, 50).forEach(i -> restored.fit(data));
        assertThat(exported.score(data)).isLessThan(before / 2);
        assertThat(restored.params()).isEqualTo(exported.params());
        assertThat(MultiLayerConfiguration.fromYaml(
                        restored.getLayerWiseConfigurations().toYaml()))
                .isEqualTo(exported.getLayerWiseConfigurations());
    }

    @Test
    void aMayBeReleasedToABallThatItLiesIn() {
        MultiLayerNetwork network = mixed(DataType.DOUBLE);
        IntStream.range(0, 4).forEach(i -> network.getLayer(i).getParam("W").muli(0.2));
        ImplicitNetwork implicit = convert(network);
        INDArray features = RandomNetworks.normal(6, 5, 4, DataType.DOUBLE);
        for (WellPosed norm : new WellPosed[] {WellPosed.NORM_INF, WellPosed.NORM_ONE, WellPosed.NORM_TWO}) {
            MultiLayerNetwork exported =
                    LayerExport.withDefaults().withNormBall(norm, 0.9).export(implicit);
            assertSame(exported.output(features), network.output(features), 1e-11);
        }
        assertThatThrownBy(() -> LayerExport.withDefaults()
                        .withNormBall(WellPosed.NORM_INF, 0.01)
                        .export(implicit))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("0.01")
                .hasMessageContaining("NORM_INF");
    }

    @Test
    void radiiAndNormsAreChecked() {
        assertThatThrownBy(() -> LayerExport.withDefaults().withNormBall(WellPosed.NORM_INF, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0");
        assertThatThrownBy(() -> LayerExport.withDefaults().withNormBall(WellPosed.MONOTONE, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MONOTONE");
    }

    @Test
    void maxPoolingIsRefused() {
        assertThatThrownBy(() -> convert(CNN2DFormat.NCHW, PoolingType.MAX).toMultiLayerNetwork())
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("max pooling");
    }

    @Test
    void largeModelsAreRefusedWithTheirSize() {
        MultiLayerNetwork network =
                network(DataType.FLOAT, InputType.feedForward(2), dense(4001, Activation.RELU), softmax(2));
        assertThatThrownBy(() -> convert(network).toMultiLayerNetwork())
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("4001 states")
                .hasMessageContaining("16008001 entries (61 MB");
    }

    @Test
    void outputsOnAGridAreRefused() {
        InputType input = InputType.convolutional(4, 4, 1);
        MultiLayerNetwork network = network(
                DataType.FLOAT,
                input,
                new ConvolutionLayer.Builder(3, 3).nOut(2).build());
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network, input);
        assertThatThrownBy(implicit::toMultiLayerNetwork)
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("2 channels on a grid [2, 2]");
    }
}
