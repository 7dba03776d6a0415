package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GraphConversionTest {

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void outputsEqualTheGraphs(long seed) {
        DataType type = seed % 4 == 3 ? DataType.FLOAT : DataType.DOUBLE;
        RandomGraphs.Drawn drawn = RandomGraphs.any(seed, type);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(drawn.graph(), drawn.inputs());
        INDArray[] features = drawn.features(seed, 1 + (int) seed % 3, type);
        INDArray[] outputs = implicit.outputs(features);
        INDArray[] expected =
                drawn.graph().output(Stream.of(features).map(INDArray::dup).toArray(INDArray[]::new));
        assertThat(outputs).hasSameSizeAs(expected);
        for (int i = 0; i < outputs.length; i++) {
            ConversionTest.assertEqual(outputs[i], expected[i]);
        }
    }

    private static ComputationGraph residual(org.deeplearning4j.nn.conf.graph.GraphVertex join) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(8)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("u")
                .addLayer("first", dense(3, 4, Activation.RELU), "u")
                .addLayer("second", dense(4, 4, Activation.TANH), "first")
                .addVertex("join", join, "first", "second")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(4)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "join")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static DenseLayer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
    }

    @Test
    void residualSumIsABlockThatReadsBothAndStatesHaveTheNamesOfVertices() {
        ComputationGraph graph = residual(new ElementWiseVertex(ElementWiseVertex.Op.Add));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(graph);
        assertThat(implicit.model().blocks()).isEqualTo(Partition.of(2, 4, 4, 4));
        INDArray features = RandomNetworks.normal(1, 5, 3, DataType.DOUBLE);
        Map<String, INDArray> states = implicit.states(features);
        Map<String, INDArray> activations = graph.feedForward(features, false);
        assertThat(states.keySet()).containsExactlyInAnyOrder("first", "second", "join", "out");
        states.forEach((name, state) -> ConversionTest.assertEqual(state, activations.get(name)));
    }

    @Test
    void verticesWithoutImplicitFormAreRefusedWithTheReason() {
        assertThatThrownBy(() -> NetworkConverter.standard().convert(residual(new StackVertex())))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("StackVertex at index 3 (\"join\")")
                .hasMessageContaining("between samples");
        ComputationGraph normalized = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("u")
                .addLayer("first", dense(3, 4, Activation.RELU), "u")
                .addVertex("norm", new L2NormalizeVertex(), "first")
                .setOutputs("norm")
                .build());
        normalized.init();
        assertThatThrownBy(() -> NetworkConverter.standard().convert(normalized))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("L2NormalizeVertex at index 2 (\"norm\")")
                .hasMessageContaining("use batch normalization");
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        ComputationGraph graph = residual(new ElementWiseVertex(ElementWiseVertex.Op.Add));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(graph);
        INDArray row = Nd4j.ones(DataType.DOUBLE, 2, 3);
        assertThatThrownBy(() -> implicit.output(row, row))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 input, but 2 arrays");
        assertThatThrownBy(() -> implicit.output(Nd4j.ones(DataType.DOUBLE, 2, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("of input \"u\"")
                .hasMessageContaining("[samples, 3]");
        assertThatThrownBy(() -> NetworkConverter.standard().convert(graph, new InputType[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[u]")
                .hasMessageContaining("0 input types");
    }

    @Test
    void severalOutputsAreGivenTogether() {
        List<Long> seeds = seeds().boxed().toList();
        RandomGraphs.Drawn two = seeds.stream()
                .map(seed -> RandomGraphs.any(seed, DataType.DOUBLE))
                .filter(drawn -> drawn.graph().getNumOutputArrays() == 2)
                .findFirst()
                .orElseThrow();
        ImplicitNetwork implicit = NetworkConverter.standard().convert(two.graph(), two.inputs());
        assertThatThrownBy(() -> implicit.output(two.features(1, 2, DataType.DOUBLE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 outputs")
                .hasMessageContaining("outputs(features)");
    }
}
