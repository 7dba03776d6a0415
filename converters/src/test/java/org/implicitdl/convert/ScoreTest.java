package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class ScoreTest {
    private static final int SAMPLES = 11;
    private static final int CLASSES = 3;

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(LossFunction.MSE, Activation.IDENTITY, oneHot()),
                Arguments.of(LossFunction.MSE, Activation.TANH, oneHot()),
                Arguments.of(LossFunction.L1, Activation.IDENTITY, oneHot()),
                Arguments.of(LossFunction.L2, Activation.RELU, oneHot()),
                Arguments.of(LossFunction.MEAN_ABSOLUTE_ERROR, Activation.SIGMOID, oneHot()),
                Arguments.of(LossFunction.XENT, Activation.SIGMOID, oneHot()),
                Arguments.of(LossFunction.MCXENT, Activation.SOFTMAX, oneHot()),
                Arguments.of(LossFunction.NEGATIVELOGLIKELIHOOD, Activation.SOFTMAX, oneHot()),
                Arguments.of(LossFunction.KL_DIVERGENCE, Activation.SOFTMAX, oneHot()),
                Arguments.of(LossFunction.POISSON, Activation.SOFTPLUS, oneHot()),
                Arguments.of(LossFunction.COSINE_PROXIMITY, Activation.TANH, oneHot()),
                Arguments.of(
                        LossFunction.HINGE, Activation.IDENTITY, oneHot().mul(2).sub(1)),
                Arguments.of(
                        LossFunction.SQUARED_HINGE,
                        Activation.TANH,
                        oneHot().mul(2).sub(1)));
    }

    private static INDArray oneHot() {
        Random random = new Random(8);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, SAMPLES, CLASSES);
        for (int i = 0; i < SAMPLES; i++) {
            labels.putScalar(i, random.nextInt(CLASSES), 1);
        }
        return labels;
    }

    private static NeuralNetConfiguration.ListBuilder hidden(boolean miniBatch) {
        return new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .l1(0.01)
                .l2(0.03)
                .miniBatch(miniBatch)
                .list()
                .validateOutputLayerConfig(false)
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build());
    }

    private static MultiLayerNetwork network(ILossFunction loss, Activation activation, boolean miniBatch) {
        return RandomNetworks.initialized(hidden(miniBatch)
                .layer(new OutputLayer.Builder(loss)
                        .nIn(6)
                        .nOut(CLASSES)
                        .activation(activation)
                        .build()));
    }

    private static DataSet data(INDArray labels) {
        return new DataSet(RandomNetworks.normal(6, SAMPLES, 4, DataType.DOUBLE), labels);
    }

    private static void assertScore(MultiLayerNetwork network, DataSet data) {
        double expected = network.score(data);
        assertThat(NetworkConverter.standard().convert(network).score(data))
                .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void scoreOfAnOutputLayerIsTheNetworks(LossFunction loss, Activation activation, INDArray labels) {
        assertScore(network(loss.getILossFunction(), activation, true), data(labels));
        assertScore(network(loss.getILossFunction(), activation, false), data(labels));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void scoreOfALossLayerIsTheNetworks(LossFunction loss, Activation activation, INDArray labels) {
        MultiLayerNetwork network = RandomNetworks.initialized(hidden(true)
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(CLASSES)
                        .activation(Activation.SIGMOID)
                        .build())
                .layer(new LossLayer.Builder(loss).activation(activation).build()));
        assertScore(network, data(labels));
    }

    @Test
    void classWeightsAndLabelMasksAreHeeded() {
        INDArray weights = Nd4j.createFromArray(0.2, 1.0, 3.0);
        MultiLayerNetwork network = network(new LossMCXENT(weights), Activation.SOFTMAX, true);
        DataSet data = data(oneHot());
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        double expected = network.score(data);
        weights.assign(100);
        assertThat(implicit.score(data)).isCloseTo(expected, within(1e-12 * expected));
        data.setLabelsMaskArray(
                Nd4j.createFromArray(1.0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1).reshape(SAMPLES, 1));
        assertScore(network, data);
    }

    @Test
    void scoreNeedsALossAndLabelsThatFit() {
        ImplicitNetwork hidden = NetworkConverter.standard().convert(RandomNetworks.initialized(hidden(true)));
        assertThatThrownBy(() -> hidden.score(data(oneHot())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OutputLayer");
        ImplicitNetwork implicit = NetworkConverter.standard()
                .convert(network(LossFunction.MSE.getILossFunction(), Activation.TANH, true));
        assertThatThrownBy(() -> implicit.score(data(null)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("there are none");
        assertThatThrownBy(() -> implicit.score(data(Nd4j.zeros(DataType.DOUBLE, SAMPLES - 1, CLASSES))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[11, 3]")
                .hasMessageContaining("[10, 3]");
        DataSet masked = data(oneHot());
        masked.setFeaturesMaskArray(Nd4j.ones(SAMPLES, 1));
        assertThatThrownBy(() -> implicit.score(masked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features mask");
    }
}
