package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.DenseOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers of images on sequences of images, which DL4J makes samples of their own. */
class ImageSequenceTest {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private static final int CHANNELS = 2;
    private static final int SIZE = HEIGHT * WIDTH * CHANNELS;

    private static NeuralNetConfiguration.Builder configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH);
    }

    private static ConvolutionLayer convolution(int in, int out) {
        return new ConvolutionLayer.Builder(2, 2).nIn(in).nOut(out).build();
    }

    private static LSTM lstm(int in, int out) {
        return new LSTM.Builder().nIn(in).nOut(out).dataFormat(RNNFormat.NCW).build();
    }

    private static RnnOutputLayer output(int in) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
                .build();
    }

    private static RnnToCnnPreProcessor images() {
        return new RnnToCnnPreProcessor(HEIGHT, WIDTH, CHANNELS);
    }

    private static InputType sequence(int steps) {
        return InputType.recurrent(SIZE, steps, RNNFormat.NCW);
    }

    private static INDArray features(int samples, int steps) {
        return RandomImageNetworks.features(7, sequence(steps), samples, DataType.DOUBLE);
    }

    /** A network of films as DL4J's users write it: convolutions, a dense layer and an LSTM. */
    private static MultiLayerNetwork film() {
        MultiLayerNetwork network = RandomNetworks.initialized(configuration()
                .list()
                .layer(convolution(CHANNELS, 3))
                .layer(new BatchNormalization.Builder().nIn(3).nOut(3).build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}).build())
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).build())
                .layer(lstm(4, 5))
                .layer(output(5))
                .inputPreProcessor(0, images())
                .inputPreProcessor(4, new CnnToFeedForwardPreProcessor(2, 1, 3))
                .inputPreProcessor(5, new FeedForwardToRnnPreProcessor()));
        RandomImageNetworks.randomize(network, new Random(6));
        RandomImageNetworks.makeVariancePositive(network.getLayer(1));
        return network;
    }

    @ParameterizedTest(name = "{0} samples of {1} steps")
    @CsvSource({"1, 1", "3, 1", "1, 4", "2, 3", "5, 6"})
    void filmsGiveWhatTheNetworkGives(int samples, int steps) {
        MultiLayerNetwork network = film();
        ImplicitNetwork implicit =
                NetworkConverter.standard().withSequenceLength(steps).convert(network);
        INDArray features = features(samples, steps);
        ConversionTest.assertEqual(implicit.output(features), network.output(features));
        List<INDArray> states = List.copyOf(implicit.states(features).values());
        for (int i = 0; i < network.getnLayers(); i++) {
            ConversionTest.assertEqual(
                    states.get(i),
                    network.feedForwardToLayer(i, features, false).get(i + 1));
        }
    }

    @Test
    void weightsAreSharedByAllSteps() {
        for (int steps : new int[] {2, 5}) {
            ImplicitModel model =
                    NetworkConverter.standard().convert(film(), sequence(steps)).model();
            // The dense layer and two of the LSTM; the convolution, and the output at every step.
            assertThat(SequenceNetworkTest.matrices(model, DenseOperator.class)).hasSize(3);
            assertThat(SequenceNetworkTest.matrices(model, ConvolutionOperator.class))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void imagesCanBecomeSequencesAtOnceAndLieBetweenRecurrentLayers(int steps) {
        MultiLayerNetwork network = RandomNetworks.initialized(configuration()
                .list()
                .layer(lstm(SIZE, SIZE))
                .layer(convolution(CHANNELS, 2))
                .layer(lstm(24, 4))
                .layer(output(4))
                .inputPreProcessor(
                        1,
                        new ComposableInputPreProcessor(
                                new RnnToFeedForwardPreProcessor(),
                                new FeedForwardToCnnPreProcessor(HEIGHT, WIDTH, CHANNELS)))
                .inputPreProcessor(2, new CnnToRnnPreProcessor(4, 3, 2)));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network, sequence(steps));
        INDArray features = features(2, steps);
        ConversionTest.assertEqual(implicit.output(features), network.output(features));
    }

    @Test
    void branchesOfImagesMeetAgain() {
        ComputationGraph graph = new ComputationGraph(configuration()
                .graphBuilder()
                .addInputs("film")
                .addVertex("images", new PreprocessorVertex(images()), "film")
                .addLayer("one", convolution(CHANNELS, 3), "images")
                .addLayer("two", convolution(CHANNELS, 2), "images")
                .addVertex("both", new MergeVertex(), "one", "two")
                .addLayer("pooled", new GlobalPoolingLayer.Builder().build(), "both")
                .addVertex("steps", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), "pooled")
                .addLayer("lstm", lstm(5, 4), "steps")
                .addLayer("out", output(4), "lstm")
                .setOutputs("out")
                .build());
        graph.init();
        ImplicitNetwork implicit = NetworkConverter.standard().convert(graph, sequence(3));
        INDArray features = features(2, 3);
        ConversionTest.assertEqual(implicit.output(features), graph.outputSingle(features));
        graph.feedForward(features, false).forEach((name, expected) -> {
            if (!name.equals("film")) {
                ConversionTest.assertEqual(implicit.states(features).get(name), expected);
            }
        });
    }

    @Test
    void imagesThatStaySamplesOfTheirOwnAreRefused() {
        MultiLayerNetwork network = RandomNetworks.initialized(configuration()
                .list()
                .layer(convolution(CHANNELS, 3))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(36)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .inputPreProcessor(0, images())
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(4, 3, 3)));
        INDArray one = features(2, 1);
        ConversionTest.assertEqual(
                NetworkConverter.standard().convert(network, sequence(1)).output(one), network.output(one));
        assertThatThrownBy(() -> NetworkConverter.standard().convert(network, sequence(2)))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("one row for each time step")
                .hasMessageContaining("RnnOutputLayer");
    }
}
