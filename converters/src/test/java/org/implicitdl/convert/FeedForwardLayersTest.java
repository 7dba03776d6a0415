package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FeedForwardLayersTest {

    private static MultiLayerNetwork network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list()
                .validateOutputLayerConfig(false);
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = RandomNetworks.initialized(list);
        RandomImageNetworks.randomize(network, new Random(6));
        return network;
    }

    private static OutputLayer output(int in) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(in)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static void assertConverted(MultiLayerNetwork network, INDArray features) {
        ConversionTest.assertEqual(
                NetworkConverter.standard().convert(network).output(features), network.output(features.dup()));
    }

    @Test
    void encodersOfAutoencoders() {
        MultiLayerNetwork network = network(
                new AutoEncoder.Builder()
                        .nIn(5)
                        .nOut(4)
                        .activation(Activation.SIGMOID)
                        .build(),
                new VariationalAutoencoder.Builder()
                        .nIn(4)
                        .nOut(2)
                        .encoderLayerSizes(6, 5)
                        .decoderLayerSizes(4)
                        .activation(Activation.TANH)
                        .pzxActivationFunction(Activation.SOFTSIGN)
                        .build(),
                output(2));
        assertConverted(network, RandomNetworks.normal(1, 4, 5, DataType.DOUBLE));
    }

    @Test
    void rowsOfFeaturesThroughNormalizationPreluMaskAndCenterLoss() {
        MultiLayerNetwork network = network(
                new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                new BatchNormalization.Builder().nIn(4).nOut(4).useLogStd(true).build(),
                new PReLULayer.Builder().inputShape(4).nIn(4).nOut(4).build(),
                new MaskLayer(),
                new CenterLossOutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        assertConverted(network, RandomNetworks.normal(2, 6, 5, DataType.DOUBLE));
    }

    @Test
    void embeddingsLookUpTheirIndices() {
        MultiLayerNetwork network = network(
                new EmbeddingLayer.Builder()
                        .nIn(7)
                        .nOut(4)
                        .hasBias(true)
                        .activation(Activation.TANH)
                        .build(),
                output(4));
        INDArray indices = Nd4j.createFromArray(new double[][] {{0}, {6}, {3}, {3}});
        assertConverted(network, indices);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        assertThat(implicit.columns(indices).sum(0).toDoubleVector()).containsOnly(1);
        assertThat(implicit.columns(indices).getDouble(6, 1)).isEqualTo(1);
        assertThatThrownBy(() -> implicit.output(Nd4j.createFromArray(new double[][] {{7}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 6")
                .hasMessageContaining("7.0");
        assertThatThrownBy(() -> implicit.output(Nd4j.createFromArray(new double[][] {{1.5}})))
                .hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> implicit.output(Nd4j.ones(DataType.DOUBLE, 2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]");
        MultiLayerNetwork late = network(
                new DenseLayer.Builder().nIn(2).nOut(1).build(),
                new EmbeddingLayer.Builder().nIn(1).nOut(4).build(),
                output(4));
        assertThatThrownBy(() -> NetworkConverter.standard().convert(late))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("EmbeddingLayer at index 1")
                .hasMessageContaining("first layer");
    }

    @Test
    void sequencesThroughALocallyConnectedLayer() {
        InputType input = InputType.recurrent(2, 6);
        for (boolean same : new boolean[] {true, false}) {
            NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                    .seed(7)
                    .dataType(DataType.DOUBLE)
                    .list()
                    .layer(new LocallyConnected1D.Builder()
                            .kernelSize(3)
                            .stride(2)
                            .nOut(3)
                            .setInputSize(6)
                            .convolutionMode(
                                    same
                                            ? org.deeplearning4j.nn.conf.ConvolutionMode.Same
                                            : org.deeplearning4j.nn.conf.ConvolutionMode.Truncate)
                            .activation(Activation.TANH)
                            .build());
            MultiLayerNetwork network = RandomNetworks.initialized(list.setInputType(input));
            INDArray features = RandomImageNetworks.features(3, input, 2, DataType.DOUBLE);
            ConversionTest.assertEqual(
                    NetworkConverter.standard().convert(network, input).output(features), network.output(features));
        }
    }
}
