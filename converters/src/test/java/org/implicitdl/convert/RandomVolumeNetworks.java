package org.implicitdl.convert;

import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Seeded networks of volumes, with all layers of three dimensions in random places and settings. */
final class RandomVolumeNetworks {
    private final Random random;
    private final Convolution3D.DataFormat format;

    private RandomVolumeNetworks(Random random) {
        this.random = random;
        this.format = random.nextBoolean() ? Convolution3D.DataFormat.NCDHW : Convolution3D.DataFormat.NDHWC;
    }

    static RandomImageNetworks.Drawn any(long seed, DataType type) {
        for (long attempt = 0; ; attempt++) {
            try {
                return new RandomVolumeNetworks(new Random(seed + 1_000_003 * attempt)).draw(type);
            } catch (RuntimeException e) {
                if (attempt == 200) {
                    throw e;
                }
            }
        }
    }

    private RandomImageNetworks.Drawn draw(DataType type) {
        InputType input = InputType.convolutional3D(format, between(3, 5), between(3, 5), between(3, 5), between(1, 2));
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(random.nextLong())
                .dataType(type)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .validateOutputLayerConfig(false);
        int depth = between(1, 3);
        for (int i = 0; i < depth; i++) {
            layers.layer(layer());
        }
        if (random.nextInt(3) == 0) {
            layers.layer(new Cnn3DLossLayer.Builder(format)
                    .lossFunction(LossFunction.MSE)
                    .activation(random.nextBoolean() ? Activation.SOFTMAX : Activation.TANH)
                    .build());
        } else {
            if (random.nextBoolean()) {
                layers.layer(new GlobalPoolingLayer.Builder().build());
            }
            layers.layer(new OutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build());
        }
        MultiLayerNetwork network = RandomNetworks.initialized(layers.setInputType(input));
        network.getLayerWiseConfigurations().getLayerActivationTypes(input).forEach(TensorShape::of);
        RandomImageNetworks.randomize(network, random);
        network.output(RandomImageNetworks.features(0, input, 1, type));
        return new RandomImageNetworks.Drawn(network, input);
    }

    private Layer layer() {
        // DL4J pads and crops volumes with channels first only.
        boolean channelsFirst = format == Convolution3D.DataFormat.NCDHW;
        return switch (random.nextInt(channelsFirst ? 8 : 6)) {
            case 0, 1 ->
                new Convolution3D.Builder(between(1, 2), between(1, 3), between(1, 2))
                        .stride(between(1, 2), between(1, 2), between(1, 2))
                        .dilation(between(1, 2), 1, 1)
                        .convolutionMode(mode())
                        .dataFormat(format)
                        .nOut(between(1, 3))
                        .hasBias(random.nextBoolean())
                        .activation(Activation.TANH)
                        .build();
            case 2 ->
                new Deconvolution3D.Builder()
                        .kernelSize(between(1, 2), between(1, 2), between(1, 2))
                        .stride(between(1, 2), between(1, 2), between(1, 2))
                        .convolutionMode(mode())
                        .dataFormat(format)
                        .nOut(between(1, 2))
                        .activation(Activation.IDENTITY)
                        .build();
            case 3 ->
                new Subsampling3DLayer.Builder(
                                random.nextBoolean() ? PoolingType.MAX : PoolingType.AVG,
                                new int[] {between(1, 2), between(1, 2), between(1, 2)},
                                new int[] {between(1, 2), between(1, 2), between(1, 2)},
                                new int[3])
                        .convolutionMode(mode())
                        .dataFormat(format)
                        .build();
            case 4 -> new Upsampling3D.Builder(between(1, 2)).dataFormat(format).build();
            case 5 -> new ActivationLayer(Activation.LEAKYRELU);
            case 6 -> new ZeroPadding3DLayer.Builder(new int[] {1, 0, 0, 1, 1, 1}).build();
            default -> new Cropping3D.Builder(new int[] {1, 0, 0, 1, 0, 1}).build();
        };
    }

    private ConvolutionMode mode() {
        return random.nextBoolean() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
