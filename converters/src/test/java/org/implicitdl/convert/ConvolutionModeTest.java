package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvolutionModeTest {
    private static final InputType IMAGE = InputType.convolutional(6, 6, 2);
    private static final InputType VOLUME = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 4, 4, 2);

    private static MultiLayerNetwork causal(Layer layer, InputType input) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .convolutionMode(ConvolutionMode.Causal)
                .list()
                .validateOutputLayerConfig(false)
                .layer(layer)
                .layer(new ActivationLayer(Activation.IDENTITY))
                .setInputType(input)
                .build());
        network.init();
        return network;
    }

    @ParameterizedTest
    @EnumSource(
            value = PoolingType.class,
            names = {"MAX", "AVG", "PNORM"})
    void causalPoolingOfSequencesHasTheStepsThatAreComputed(PoolingType type) {
        for (RNNFormat format : RNNFormat.values()) {
            InputType input = InputType.recurrent(2, 5, format);
            MultiLayerNetwork network = causal(
                    new Subsampling1DLayer.Builder(type, 2, 1)
                            .convolutionMode(ConvolutionMode.Causal)
                            .pnorm(2)
                            .build(),
                    input);
            INDArray features = Nd4j.arange(10).castTo(DataType.DOUBLE).reshape('c', 1, 2, 5);
            INDArray ours = format == RNNFormat.NCW
                    ? features
                    : features.permute(0, 2, 1).dup('c');
            INDArray expected = network.output(ours.dup());
            assertThat(expected.length()).isEqualTo(2 * 4);
            ConversionTest.assertEqual(
                    NetworkConverter.standard().convert(network, input).output(ours), expected);
        }
    }

    static Stream<Arguments> layersOfGrids() {
        return Stream.of(
                Arguments.of(new ConvolutionLayer.Builder(2, 2).nOut(2).build(), IMAGE),
                Arguments.of(new DepthwiseConvolution2D.Builder(2, 2).nOut(2).build(), IMAGE),
                Arguments.of(new SeparableConvolution2D.Builder(2, 2).nOut(2).build(), IMAGE),
                Arguments.of(new Deconvolution2D.Builder(2, 2).nOut(2).build(), IMAGE),
                Arguments.of(new SubsamplingLayer.Builder(PoolingType.MAX, new int[] {2, 2}).build(), IMAGE),
                Arguments.of(
                        causally(new LocallyConnected2D.Builder()
                                .kernelSize(2, 2)
                                .nOut(2)
                                .build()),
                        IMAGE),
                Arguments.of(
                        causally(new LocallyConnected1D.Builder()
                                .kernelSize(2)
                                .nOut(2)
                                .build()),
                        InputType.recurrent(2, 5)),
                Arguments.of(new Convolution3D.Builder(2, 2, 2).nOut(2).build(), VOLUME),
                Arguments.of(
                        new Deconvolution3D.Builder()
                                .kernelSize(2, 2, 2)
                                .nOut(2)
                                .build(),
                        VOLUME),
                Arguments.of(causally(new Subsampling3DLayer.Builder(2, 2, 2).build()), VOLUME));
    }

    private static LocallyConnected2D causally(LocallyConnected2D layer) {
        layer.setCm(ConvolutionMode.Causal);
        return layer;
    }

    private static Subsampling3DLayer causally(Subsampling3DLayer layer) {
        layer.setConvolutionMode(ConvolutionMode.Causal);
        return layer;
    }

    private static LocallyConnected1D causally(LocallyConnected1D layer) {
        layer.setCm(ConvolutionMode.Causal);
        return layer;
    }

    @ParameterizedTest
    @MethodSource("layersOfGrids")
    void causalModeIsRefusedWhereDeeplearningForJDoesNotComputeIt(Layer layer, InputType input) {
        MultiLayerNetwork network = causal(layer, input);
        assertThatThrownBy(() -> NetworkConverter.standard().convert(network, input))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining(layer.getClass().getSimpleName() + " at index 0")
                .hasMessageContaining("Causal");
    }
}
