package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Seeded networks of images, with all layers of two dimensions in random places and settings. */
final class RandomImageNetworks {

    /** A network and the type of its input. */
    record Drawn(MultiLayerNetwork network, InputType input) {}

    private final Random random;
    private final CNN2DFormat format;

    private RandomImageNetworks(Random random) {
        this.random = random;
        this.format = random.nextBoolean() ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
    }

    static Drawn any(long seed, DataType type) {
        // Some settings do not fit each other, or are too much for DL4J; the next draw may do.
        for (long attempt = 0; ; attempt++) {
            try {
                return new RandomImageNetworks(new Random(seed + 1_000_003 * attempt)).draw(type);
            } catch (RuntimeException e) {
                if (attempt == 200) {
                    throw e;
                }
            }
        }
    }

    private Drawn draw(DataType type) {
        InputType input = InputType.convolutional(between(4, 9), between(4, 9), between(1, 3), format);
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(random.nextLong())
                .dataType(type)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .validateOutputLayerConfig(false);
        if (random.nextInt(4) == 0) {
            layers.layer(parametricRelu(input));
        }
        int depth = between(1, 5);
        for (int i = 0; i < depth; i++) {
            layers.layer(layer());
        }
        if (random.nextInt(4) == 0) {
            layers.layer(new CnnLossLayer.Builder(LossFunction.MSE)
                    .activation(random.nextBoolean() ? Activation.SOFTMAX : activation())
                    .format(format)
                    .build());
            return finish(layers, input, type);
        }
        if (random.nextBoolean()) {
            layers.layer(globalPooling());
        } else if (random.nextBoolean()) {
            layers.layer(new DenseLayer.Builder()
                    .nOut(between(1, 4))
                    .activation(activation())
                    .build());
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MSE)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
        return finish(layers, input, type);
    }

    private Drawn finish(NeuralNetConfiguration.ListBuilder layers, InputType input, DataType type) {
        MultiLayerConfiguration configuration = layers.setInputType(input).build();
        requireFit(configuration, input);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        randomize(network, random);
        positiveVariances(network);
        network.output(features(0, input, 1, type));
        return new Drawn(network, input);
    }

    /** DL4J finds out about empty images and blocks that do not divide them only when it computes. */
    private static void requireFit(MultiLayerConfiguration configuration, InputType input) {
        List<InputType> types = new ArrayList<>(List.of(input));
        types.addAll(configuration.getLayerActivationTypes(input));
        List<TensorShape> shapes = types.stream().map(TensorShape::of).toList();
        for (int i = 0; i + 1 < shapes.size(); i++) {
            if (configuration.getConf(i).getLayer() instanceof SpaceToDepthLayer
                    && shapes.get(i).grid().stream().anyMatch(size -> size % 2 != 0)) {
                throw new IllegalArgumentException("Blocks of two do not divide " + types.get(i) + ".");
            }
        }
    }

    /** Every parameter, with the running statistics, in a range where all of them matter. */
    static void randomize(org.deeplearning4j.nn.api.Model network, Random random) {
        INDArray all = network.params();
        double[] values = random.doubles(all.length()).map(x -> 1.4 * x - 0.6).toArray();
        all.assign(Nd4j.createFromArray(values).castTo(all.dataType()).reshape(all.shape()));
    }

    private static void positiveVariances(MultiLayerNetwork network) {
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            makeVariancePositive(layer);
        }
    }

    static void makeVariancePositive(org.deeplearning4j.nn.api.Layer layer) {
        INDArray variance =
                layer.paramTable() == null ? null : layer.paramTable().get("var");
        if (variance != null) {
            variance.muli(variance).addi(0.1);
        }
    }

    private Layer layer() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> convolution();
            case 3, 4 -> subsampling();
            case 5 ->
                new BatchNormalization.Builder()
                        .useLogStd(random.nextBoolean())
                        .lockGammaBeta(random.nextInt(4) == 0)
                        .gamma(random.nextBoolean() ? 1 : 1.5)
                        .beta(random.nextBoolean() ? 0 : 0.5)
                        .build();
            case 6 -> new ZeroPaddingLayer.Builder(between(0, 2), between(0, 2), between(0, 2), between(0, 2)).build();
            case 7 -> new Cropping2D.Builder(between(0, 1), between(0, 1), between(0, 1), between(0, 1)).build();
            case 8 -> new Upsampling2D.Builder(between(1, 2)).build();
            case 9 -> new SpaceToDepthLayer.Builder<>(2, format).build();
            case 10 -> random.nextBoolean() ? new ActivationLayer(activation()) : new DropoutLayer(0.5);
            case 11 -> depthwise();
            case 12 -> separable();
            case 13 -> deconvolution();
            case 14 -> locallyConnected();
            default -> convolution();
        };
    }

    private Layer convolution() {
        return new ConvolutionLayer.Builder(between(1, 3), between(1, 3))
                .stride(between(1, 2), between(1, 2))
                .dilation(between(1, 2), between(1, 2))
                .padding(between(0, 1), between(0, 1))
                .convolutionMode(mode())
                .nOut(between(1, 4))
                .hasBias(random.nextBoolean())
                .activation(activation())
                .dataFormat(format)
                .build();
    }

    private Layer depthwise() {
        return configured(
                        new DepthwiseConvolution2D.Builder(between(1, 3), between(1, 3)).depthMultiplier(between(1, 2)))
                .dilation(between(1, 2), between(1, 2))
                .dataFormat(format)
                .build();
    }

    private Layer separable() {
        return configured(
                        new SeparableConvolution2D.Builder(between(1, 3), between(1, 3)).depthMultiplier(between(1, 2)))
                .nOut(between(1, 4))
                .dataFormat(format)
                .build();
    }

    private Layer deconvolution() {
        return configured(new Deconvolution2D.Builder(between(2, 3), between(2, 3)))
                .nOut(between(1, 3))
                .dataFormat(format)
                .build();
    }

    private <T extends ConvolutionLayer.BaseConvBuilder<T>> T configured(T builder) {
        return builder.stride(between(1, 2), between(1, 2))
                .padding(between(0, 1), between(0, 1))
                .convolutionMode(mode())
                .hasBias(random.nextBoolean())
                .activation(activation());
    }

    private Layer locallyConnected() {
        return new LocallyConnected2D.Builder()
                .kernelSize(between(1, 2), between(1, 2))
                .stride(between(1, 2), between(1, 2))
                .convolutionMode(mode())
                .nOut(between(1, 3))
                .hasBias(random.nextBoolean())
                .activation(activation())
                .build();
    }

    private Layer subsampling() {
        return new SubsamplingLayer.Builder(
                        List.of(
                                        SubsamplingLayer.PoolingType.MAX,
                                        SubsamplingLayer.PoolingType.AVG,
                                        SubsamplingLayer.PoolingType.PNORM)
                                .get(random.nextInt(3)),
                        new int[] {between(2, 3), between(2, 3)},
                        new int[] {between(1, 3), between(1, 3)})
                .padding(between(0, 1), between(0, 1))
                .convolutionMode(mode())
                .pnorm(between(1, 3))
                .avgPoolIncludePadInDivisor(random.nextBoolean())
                .build();
    }

    /** DL4J takes its shape from nobody, so that it comes first, where it is known. */
    private Layer parametricRelu(InputType input) {
        PReLULayer.Builder builder = new PReLULayer.Builder()
                .inputShape(Arrays.stream(TensorShape.of(input).arrayShape(1))
                        .skip(1)
                        .toArray());
        return (random.nextBoolean() ? builder.sharedAxes(2, 3) : builder).build();
    }

    private Layer globalPooling() {
        PoolingType[] types = PoolingType.values();
        return new GlobalPoolingLayer.Builder(types[random.nextInt(types.length)])
                .pnorm(between(1, 3))
                .build();
    }

    private ConvolutionMode mode() {
        ConvolutionMode[] modes = {ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Strict};
        return modes[random.nextInt(modes.length)];
    }

    private Activation activation() {
        Activation[] some = {Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.LEAKYRELU, Activation.ELU
        };
        return some[random.nextInt(some.length)];
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    static INDArray features(long seed, InputType type, int samples, DataType precision) {
        long[] shape = TensorShape.of(type).arrayShape(samples);
        int size = TensorShape.of(type).size();
        return RandomNetworks.normal(seed, samples, size, precision).reshape('c', shape);
    }
}
