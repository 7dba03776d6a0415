package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is no array of features is refused in words, whatever the network takes; and layers are found by their names. */
class FeatureRefusalTest {
    private static final int WORDS = 7;

    private static MultiLayerNetwork network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        return RandomNetworks.initialized(list);
    }

    private static DenseLayer dense(String name) {
        return new DenseLayer.Builder().name(name).nIn(2).nOut(2).build();
    }

    private static ImplicitNetwork rows() {
        return NetworkConverter.standard()
                .convert(network(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(1)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build()));
    }

    private static ImplicitNetwork text() {
        MultiLayerNetwork network = network(
                new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(3).build(),
                new RnnOutputLayer.Builder(LossFunction.MSE).nIn(3).nOut(2).build());
        return NetworkConverter.standard().convert(network, InputType.recurrent(WORDS, 5));
    }

    static Stream<ImplicitNetwork> networks() {
        return Stream.of(rows(), text());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void scalarsEmptyArraysAndNullAreRefused(ImplicitNetwork network) {
        assertThatThrownBy(() -> network.output(Nd4j.scalar(1.0)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("must be")
                .hasMessageContaining("[samples, ")
                .hasMessageContaining("the shape []");
        assertThatThrownBy(() -> network.output(Nd4j.empty(DataType.DOUBLE)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("hold no sample");
        assertThatThrownBy(() -> network.output((INDArray) null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("The features are null; give an array of [samples, ");
        assertThatThrownBy(() -> network.output((INDArray[]) null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 input, but 0 arrays");
    }

    @Test
    void indicesOfAnotherNumberOfStepsAreToldThatTheModelIsUnrolled() {
        ImplicitNetwork network = text();
        for (long[] shape : new long[][] {{1, 6}, {1, 1, 6}, {3, 6}}) {
            assertThatThrownBy(() -> network.output(Nd4j.zeros(DataType.DOUBLE, shape)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("must be indices, [samples, 5]")
                    .hasMessageContaining("unrolled")
                    .hasMessageContaining("InputType.recurrent(7, 6)");
        }
    }

    @Test
    void everyLayerHasANameOfItsOwnWhateverTheOthersAreCalled() {
        MultiLayerNetwork network = network(dense("x"), dense("x at index 2"), dense("x"), dense("y"));
        INDArray features = Nd4j.rand(DataType.DOUBLE, 3, 2);
        var states = NetworkConverter.standard().convert(network).states(features);
        assertThat(states).hasSize(4).containsKeys("x", "x at index 2", "y");
        var expected = network.feedForward(features);
        int i = 0;
        for (INDArray state : states.values()) {
            ConversionTest.assertEqual(state, expected.get(++i));
        }
    }
}
