package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.certify.BoxBounds;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.layer.EquilibriumLayer;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.ImplicitLayers;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.wellposed.Condition;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with implicit layers become one implicit model, whose A has that of each layer as a diagonal block. */
class ImplicitLayerConversionTest {

    private static MultiLayerNetwork network(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(11)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list();
        Stream.of(layers).forEach(list::layer);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        return network;
    }

    private static ImplicitLayer.Builder implicit() {
        ImplicitLayer.Builder builder = new ImplicitLayer.Builder();
        builder.nOut(5).activation(Activation.TANH);
        return builder.stateSize(6);
    }

    private static ImplicitLayer states(int size) {
        ImplicitLayer.Builder builder = new ImplicitLayer.Builder();
        builder.nOut(size).activation(Activation.TANH);
        return builder.stateOutput(true).build();
    }

    private static DenseLayer dense(int size) {
        return new DenseLayer.Builder().nOut(size).activation(Activation.RELU).build();
    }

    private static OutputLayer classes() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static INDArray features(int samples) {
        return RandomNetworks.normal(3, samples, 4, DataType.DOUBLE);
    }

    /** A network that has learnt a few steps, so that its A is nobody's special case. */
    private static MultiLayerNetwork trained(Layer layer) {
        MultiLayerNetwork network = network(InputType.feedForward(4), dense(4), layer, dense(4), classes());
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 24, 3);
        for (int i = 0; i < 24; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        DataSet data = new DataSet(features(24), labels);
        for (int i = 0; i < 5; i++) {
            network.fit(data);
        }
        return network;
    }

    private static ImplicitNetwork convert(MultiLayerNetwork network) {
        return NetworkConverter.standard().convert(network);
    }

    private static void assertClose(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        // Both solve to a residual of 1e-12 or so, relative to the state.
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-9);
    }

    static Stream<ImplicitLayer> layers() {
        return Stream.of(
                implicit().build(),
                implicit().directTerm(false).build(),
                implicit().hasBias(false).build(),
                states(6));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void outputsStatesAndScoreAreThoseOfTheTrainedNetwork(ImplicitLayer layer) {
        MultiLayerNetwork network = trained(layer);
        ImplicitNetwork converted = convert(network);
        INDArray features = features(7);
        assertClose(converted.output(features), network.output(features));
        List<INDArray> expected = network.feedForward(features);
        int i = 0;
        for (INDArray state : converted.states(features).values()) {
            assertClose(state, expected.get(++i));
        }
        DataSet data = new DataSet(features, network.output(features));
        assertThat(converted.score(data)).isCloseTo(network.score(data), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(value = WellPosed.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void certificateOfTheLayerIsThatOfItsPart(WellPosed wellPosed) {
        MultiLayerNetwork network = trained(implicit().wellPosed(wellPosed).build());
        ImplicitNetwork converted = convert(network);
        INDArray features = features(7);
        assertClose(converted.output(features), network.output(features));
        assertThat(converted.model().certificate().condition())
                .isEqualTo(
                        wellPosed == WellPosed.STRICTLY_UPPER_TRIANGULAR
                                ? Condition.TRIANGULAR
                                : Condition.BLOCK_TRIANGULAR);
        EquilibriumLayer layer = ImplicitLayers.of(network).get("layer1");
        LinearOperator a = layer.model().a();
        assertThat(diagonalBlocks(converted.model())).contains(a.toDense(DataType.DOUBLE));
        assertThat(WellPosedness.find(a, layer.model().phi())).isPresent();
        assertThat(layer.certificate().margin()).isPositive();
    }

    /** What blocks of the state depend on of themselves. */
    private static List<INDArray> diagonalBlocks(ImplicitModel model) {
        BlockOperator a = (BlockOperator) model.a();
        return IntStream.range(0, a.rowBlocks().count())
                .filter(i -> a.row(i).containsKey(i))
                .mapToObj(i -> a.block(i, i).toDense(DataType.DOUBLE))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"RELU", "TANH", "SIGMOID", "LEAKYRELU", "ELU", "SOFTPLUS", "SOFTMAX", "GELU", "SWISH", "IDENTITY"})
    void anyActivation(Activation activation) {
        MultiLayerNetwork network = network(
                InputType.feedForward(4),
                dense(4),
                implicit().activation(activation).build(),
                new BatchNormalization(),
                implicit().kappa(0.5).build(),
                classes());
        assertClose(convert(network).output(features(5)), network.output(features(5)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void roundTripThroughALayerGivesTheSame(boolean direct) {
        MultiLayerNetwork network = direct
                ? network(InputType.feedForward(4), classes())
                : network(InputType.feedForward(4), dense(5), dense(4), classes());
        ImplicitNetwork once = convert(network);
        ImplicitNetwork twice = convert(once.toMultiLayerNetwork());
        assertClose(twice.output(features(6)), network.output(features(6)));
        assertThat(twice.preOutput().states()).isEqualTo(once.preOutput().states());
    }

    @Test
    void cyclesAreExportedIntoABallAndRefusedAsATriangle() {
        MultiLayerNetwork network = network(InputType.feedForward(4), implicit().build(), loss());
        ImplicitNetwork converted = convert(network);
        assertThatThrownBy(converted::toMultiLayerNetwork)
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("cycle")
                .hasMessageContaining("withNormBall");
        MultiLayerNetwork back = LayerExport.withDefaults()
                .withNormBall(WellPosed.NORM_INF, 0.96)
                .export(converted);
        assertClose(back.output(features(6)), network.output(features(6)));
    }

    private static LossLayer loss() {
        return new LossLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .build();
    }

    @Test
    void indicesOfAnEmbeddingAreNoFeaturesOfALayer() {
        MultiLayerNetwork network = network(
                InputType.feedForward(1),
                new EmbeddingLayer.Builder().nIn(1).nOut(3).build(),
                classes());
        assertThatThrownBy(() -> convert(network).toMultiLayerNetwork())
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("1 indices")
                .hasMessageContaining("embedding");
    }

    @Test
    void stepsOfASequenceAreMappedOneByOne() {
        InputType input = InputType.recurrent(4, 3, RNNFormat.NCW);
        MultiLayerNetwork network = network(
                input,
                implicit().build(),
                new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NCW).build(),
                states(4),
                new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .dataFormat(RNNFormat.NCW)
                        .build());
        INDArray features = RandomImageNetworks.features(5, input, 3, DataType.DOUBLE);
        ImplicitNetwork converted = NetworkConverter.standard().convert(network, input);
        assertClose(converted.output(features), network.output(features));
        List<INDArray> expected = network.feedForward(features);
        Map<String, INDArray> states = converted.states(features);
        for (int i = 0; i < 4; i++) {
            assertClose(states.get("layer" + i), expected.get(i + 1));
        }
    }

    @Test
    void imagesOfStepsPassThroughCopiesOfTheLayer() {
        InputType input = InputType.recurrent(9, 3, RNNFormat.NCW);
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(2)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .layer(implicit().build())
                .layer(new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NCW).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .dataFormat(RNNFormat.NCW)
                        .build())
                .inputPreProcessor(0, new RnnToCnnPreProcessor(3, 3, 1))
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(2, 2, 2))
                .inputPreProcessor(2, new FeedForwardToRnnPreProcessor());
        list.setInputType(input);
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        INDArray features = RandomImageNetworks.features(5, input, 2, DataType.DOUBLE);
        assertClose(NetworkConverter.standard().convert(network, input).output(features), network.output(features));
    }

    @Test
    void inAGraph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(2)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("equilibrium", implicit().build(), "in")
                .addLayer("out", classes(), "equilibrium", "in")
                .setInputTypes(InputType.feedForward(4))
                .setOutputs("out")
                .build());
        graph.init();
        assertClose(NetworkConverter.standard().convert(graph).output(features(3)), graph.outputSingle(features(3)));
    }

    @Test
    void equationsWithoutAProofAreRefused() {
        MultiLayerNetwork network = network(
                InputType.feedForward(4), implicit().wellPosed(WellPosed.NONE).build(), loss());
        network.getLayer(0).getParam("A").assign(Nd4j.ones(DataType.DOUBLE, 6, 6));
        assertThatThrownBy(() -> convert(network))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("ImplicitLayer at index 0")
                .hasMessageContaining("wellPosed(NONE)");
    }

    @Test
    void boundsHoldAndReductionsKeepTheOutputs() {
        MultiLayerNetwork network = trained(implicit().build());
        ImplicitModel model = convert(network).model();
        INDArray u = features(1).transpose();
        InputBox box = InputBox.around(u, 0.1);
        BoxBounds bounds = BoxBounds.of(model);
        for (int i = 0; i < 20; i++) {
            INDArray inside =
                    u.add(RandomNetworks.normal(i, 4, 1, DataType.DOUBLE).divi(40));
            if (box.contains(inside)) {
                assertThat(bounds.outputs(box).contains(model.output(inside))).isTrue();
            }
        }
        ImplicitModel reduced = Reducer.standard().reduce(model).model();
        assertThat(reduced.states()).isLessThanOrEqualTo(model.states());
        assertClose(reduced.output(u), model.output(u));
    }

    @Test
    void filesKeepIt() throws IOException {
        MultiLayerNetwork network = trained(implicit().build());
        ImplicitNetwork converted = convert(network);
        Path file = Files.createTempFile("implicit", ".zip");
        converted.save(file);
        assertThat(ImplicitNetwork.load(file).output(features(3))).isEqualTo(converted.output(features(3)));
        Files.delete(file);
    }
}
