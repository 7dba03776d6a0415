package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.wellposed.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class SequenceNetworkTest {
    private static final NetworkConverter CONVERTER = NetworkConverter.standard();

    private static MultiLayerNetwork network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list();
        List.of(layers).forEach(list::layer);
        return RandomNetworks.initialized(list);
    }

    private static LSTM lstm(int in, int out) {
        return new LSTM.Builder()
                .nIn(in)
                .nOut(out)
                .activation(Activation.TANH)
                .dataFormat(RNNFormat.NCW)
                .build();
    }

    private static RnnOutputLayer output(int in, int out) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(out)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
                .build();
    }

    private static INDArray features(int samples, int channels, int steps) {
        return RandomImageNetworks.features(7, InputType.recurrent(channels, steps), samples, DataType.DOUBLE);
    }

    @Test
    void networkOfTextGivesTheSameCharactersAndStates() {
        int words = 11;
        int steps = 13;
        MultiLayerNetwork network = network(
                new EmbeddingSequenceLayer.Builder()
                        .nIn(words)
                        .nOut(6)
                        .hasBias(true)
                        .build(),
                lstm(6, 8),
                lstm(8, 7),
                output(7, words));
        ImplicitNetwork implicit = CONVERTER.withSequenceLength(steps).convert(network);
        Random random = new Random(3);
        INDArray text = Nd4j.createFromArray(
                        random.ints(4L * steps, 0, words).asDoubleStream().toArray())
                .reshape(4, steps);
        ConversionTest.assertEqual(implicit.output(text), network.output(text));
        List<INDArray> activations = network.feedForward(text);
        Map<String, INDArray> states = implicit.states(text);
        assertThat(states.keySet()).containsExactly("layer0", "layer1", "layer2", "layer3");
        for (int i = 0; i < 4; i++) {
            ConversionTest.assertEqual(states.get("layer" + i), activations.get(i + 1));
        }
    }

    @Test
    void lengthIsTakenFromTheConverterWhereTheTypeLeavesItOpen() {
        MultiLayerNetwork network = network(lstm(3, 4), output(4, 2));
        INDArray features = features(2, 3, 5);
        NetworkConverter five = CONVERTER.withSequenceLength(5);
        ConversionTest.assertEqual(five.convert(network).output(features), network.output(features));
        ConversionTest.assertEqual(
                five.convert(network, InputType.recurrent(3)).output(features), network.output(features));
        INDArray longer = features(2, 3, 6);
        ConversionTest.assertEqual(
                five.convert(network, InputType.recurrent(3, 6)).output(longer), network.output(longer));
        assertThatThrownBy(() -> CONVERTER.convert(network))
                .isInstanceOfSatisfying(
                        UnknownInputException.class,
                        e -> assertThat(e.statement())
                                .contains("leaves a size open")
                                .doesNotContain("withSequenceLength"))
                .hasMessageContaining("withSequenceLength");
        assertThatThrownBy(() -> CONVERTER.withSequenceLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void sequencesOfAnotherLengthAreRefused(int steps) {
        ImplicitNetwork implicit = CONVERTER.withSequenceLength(5).convert(network(lstm(3, 4), output(4, 2)));
        assertThatThrownBy(() -> implicit.output(features(2, 3, steps)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[samples, 3, 5]")
                .hasMessageContaining("unrolled")
                .hasMessageContaining("InputType.recurrent(3, " + steps + ")");
    }

    @Test
    void stepsShareTheirWeightsAndBlocksGrowLinearly() {
        MultiLayerNetwork network = network(lstm(3, 4), lstm(4, 5), output(5, 2));
        ImplicitModel four = CONVERTER.withSequenceLength(4).convert(network).model();
        ImplicitModel eight = CONVERTER.withSequenceLength(8).convert(network).model();
        ImplicitModel sixteen =
                CONVERTER.withSequenceLength(16).convert(network).model();
        // Two LSTMs have an input and a recurrent matrix each, whatever the length.
        assertThat(matrices(four, DenseOperator.class)).hasSize(4);
        assertThat(matrices(sixteen, DenseOperator.class)).hasSize(4);
        int more = eight.blocks().count() - four.blocks().count();
        assertThat(more).isEqualTo(4 * 2 * 4);
        assertThat(sixteen.blocks().count() - eight.blocks().count()).isEqualTo(2 * more);
    }

    /** The operators of a type in A and B, each once. */
    static Set<LinearOperator> matrices(ImplicitModel model, Class<? extends LinearOperator> type) {
        Set<LinearOperator> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LinearOperator part : List.of(model.a(), model.b())) {
            BlockOperator blocks = (BlockOperator) part;
            for (int i = 0; i < blocks.rowBlocks().count(); i++) {
                for (LinearOperator block : blocks.row(i).values()) {
                    LinearOperator core = block instanceof PaddedOperator padded ? padded.core() : block;
                    if (type.isInstance(core)) {
                        found.add(core);
                    }
                }
            }
        }
        return found;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1000, 1001, 1002, 1003, 1004, 1005})
    void modelIsStrictlyTriangularAndItsStatesSolveTheEquation(long seed) {
        RandomImageNetworks.Drawn drawn = RandomSequenceNetworks.any(seed, DataType.DOUBLE);
        ImplicitNetwork implicit = CONVERTER.convert(drawn.network(), drawn.input());
        ImplicitModel model = implicit.model();
        assertThat(model.certificate().condition()).isEqualTo(Condition.TRIANGULAR);
        INDArray u = implicit.columns(RandomImageNetworks.features(seed, drawn.input(), 2, DataType.DOUBLE));
        ConversionTest.assertEqual(model.readOut(model.state(u).orElseThrow(), u), model.output(u));
    }

    @Test
    void graphOfSequencesGivesTheSame() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("forward", lstm(3, 4), "in")
                .addVertex("turned", new ReverseTimeSeriesVertex("in"), "in")
                .addLayer("backward", lstm(3, 4), "turned")
                .addVertex("last", new LastTimeStepVertex("in"), "forward")
                .addVertex("again", new DuplicateToTimeSeriesVertex("in"), "last")
                .addLayer("decoder", lstm(8, 5), "again", "backward")
                .addLayer("out", output(5, 2), "decoder")
                .setOutputs("out")
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        INDArray features = features(3, 3, 5);
        ImplicitNetwork implicit = CONVERTER.convert(graph, InputType.recurrent(3, 5));
        ConversionTest.assertEqual(implicit.output(features), graph.outputSingle(features));
        Map<String, INDArray> states = implicit.states(features);
        Map<String, INDArray> activations = graph.feedForward(features, false);
        activations.remove("in");
        assertThat(states.keySet()).containsExactlyInAnyOrderElementsOf(activations.keySet());
        states.forEach((name, state) -> ConversionTest.assertEqual(state, activations.get(name)));
    }

    @Test
    void layerThatMasksByValuesIsRefused() {
        MultiLayerNetwork network = network(
                new MaskZeroLayer.Builder()
                        .setUnderlying(lstm(3, 4))
                        .setMaskValue(0)
                        .build(),
                output(4, 2));
        assertThatThrownBy(() -> CONVERTER.convert(network, InputType.recurrent(3, 5)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("MaskZeroLayer at index 0")
                .hasMessageContaining("depends on the data");
    }

    @Test
    void mixedFormatsAreRefused() {
        MultiLayerNetwork network = network(lstm(3, 4), output(4, 2));
        assertThatThrownBy(() -> CONVERTER.convert(network, InputType.recurrent(3, 5, RNNFormat.NWC)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("LSTM at index 0")
                .hasMessageContaining("NCW")
                .hasMessageContaining("channels last");
    }

    @Test
    void layerNormalizationIsRefused() {
        MultiLayerNetwork network = network(
                new SimpleRnn.Builder()
                        .nIn(3)
                        .nOut(4)
                        .hasLayerNorm(true)
                        .dataFormat(RNNFormat.NCW)
                        .build(),
                output(4, 2));
        assertThatThrownBy(() -> CONVERTER.convert(network, InputType.recurrent(3, 5)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("hasLayerNorm(false)");
    }
}
