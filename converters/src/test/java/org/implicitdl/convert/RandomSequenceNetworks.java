package org.implicitdl.convert;

import java.util.Random;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Seeded networks of sequences, with all layers of one dimension in random places and settings. */
final class RandomSequenceNetworks {
    private final Random random;
    private final RNNFormat format;
    /** DL4J's native code does not survive empty sequences: they must not be drawn. */
    private int length;

    private RandomSequenceNetworks(Random random) {
        this.random = random;
        this.format = random.nextInt(3) > 0 ? RNNFormat.NCW : RNNFormat.NWC;
        this.length = between(1, 7);
    }

    static RandomImageNetworks.Drawn any(long seed, DataType type) {
        // Some settings do not fit each other, which DL4J finds out; the next draw may.
        for (long attempt = 0; ; attempt++) {
            try {
                return new RandomSequenceNetworks(new Random(seed + 1_000_003 * attempt)).draw(type);
            } catch (IllegalStateException
                    | IllegalArgumentException
                    | UnsupportedOperationException
                    | DL4JException e) {
                if (attempt == 200) {
                    throw e;
                }
            }
        }
    }

    private RandomImageNetworks.Drawn draw(DataType type) {
        InputType input = InputType.recurrent(between(1, 4), length, format);
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(random.nextLong())
                .dataType(type)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .validateOutputLayerConfig(false);
        int depth = between(1, 3);
        for (int i = 0; i < depth; i++) {
            layers.layer(random.nextBoolean() ? recurrent() : other());
        }
        end(layers);
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.setInputType(input).build());
        network.init();
        RandomImageNetworks.randomize(network, random);
        network.output(RandomImageNetworks.features(0, input, 1, type));
        return new RandomImageNetworks.Drawn(network, input);
    }

    private void end(NeuralNetConfiguration.ListBuilder layers) {
        switch (random.nextInt(6)) {
            case 0 ->
                layers.layer(new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(format)
                        .build());
            case 1 -> layers.layer(new LastTimeStep(plain())).layer(output());
            case 2 ->
                layers.layer(new GlobalPoolingLayer.Builder(PoolingType.values()[random.nextInt(4)])
                                .pnorm(between(1, 3))
                                .poolingDimensions(format == RNNFormat.NCW ? 2 : 1)
                                .build())
                        .layer(output());
            case 3 ->
                layers.layer(new Bidirectional(mode(), new LastTimeStep(plain())))
                        .layer(new RepeatVector.Builder<>(between(1, 3))
                                .dataFormat(format)
                                .build())
                        .layer(plain())
                        .layer(rnnOutput());
            default -> layers.layer(rnnOutput());
        }
    }

    private OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private RnnOutputLayer rnnOutput() {
        return new RnnOutputLayer.Builder(LossFunction.MSE)
                .nOut(3)
                .activation(random.nextBoolean() ? Activation.SOFTMAX : Activation.IDENTITY)
                .dataFormat(format)
                .build();
    }

    private Layer recurrent() {
        return random.nextBoolean() ? plain() : new Bidirectional(mode(), plain());
    }

    private Bidirectional.Mode mode() {
        return Bidirectional.Mode.values()[random.nextInt(4)];
    }

    @SuppressWarnings("deprecation") // Old files hold them.
    private BaseRecurrentLayer plain() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new SimpleRnn.Builder()
                        .nOut(between(1, 4))
                        .weightInit(WeightInit.XAVIER)
                        .activation(activation())
                        .dataFormat(format)
                        .build();
            case 1 ->
                new LSTM.Builder()
                        .nOut(between(1, 4))
                        .activation(activation())
                        .weightInit(WeightInit.XAVIER)
                        .gateActivationFunction(gate())
                        .dataFormat(format)
                        .build();
            default ->
                new GravesLSTM.Builder()
                        .nOut(between(1, 4))
                        .activation(activation())
                        .weightInit(WeightInit.XAVIER)
                        .gateActivationFunction(gate())
                        .dataFormat(format)
                        .build();
        };
    }

    @SuppressWarnings("deprecation") // Old files hold it.
    private Layer other() {
        // DL4J pads, crops and repeats the last dimension, whatever it is.
        int kinds = format == RNNFormat.NCW ? 10 : 7;
        return switch (random.nextInt(kinds)) {
            case 0, 1 -> convolution();
            case 2 -> subsampling();
            case 3 -> new TimeDistributed(dense(), format);
            case 4 -> dense();
            case 5 ->
                new GravesBidirectionalLSTM.Builder()
                        .nOut(between(1, 3))
                        .activation(activation())
                        .dataFormat(format)
                        .build();
            case 7 -> {
                int[] padding = {between(0, 2), between(0, 2)};
                length += padding[0] + padding[1];
                yield new ZeroPadding1DLayer.Builder(padding).build();
            }
            case 8 -> {
                int[] cropping = {between(0, 1), between(0, 2)};
                requireSteps(length - cropping[0] - cropping[1]);
                yield new Cropping1D(cropping);
            }
            case 9 -> {
                int size = between(1, 3);
                length *= size;
                yield new Upsampling1D.Builder(size).build();
            }
            default -> random.nextBoolean() ? new DropoutLayer(0.5) : new ActivationLayer(activation());
        };
    }

    private Layer convolution() {
        ConvolutionMode mode = windows();
        int kernel = between(1, 3);
        int stride = between(1, 2);
        int padding = between(0, 1);
        int dilation = between(1, 2);
        boolean whole = mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal;
        window(whole, kernel, stride, padding, dilation);
        return new Convolution1DLayer.Builder(kernel, stride, padding)
                .dilation(dilation)
                .convolutionMode(mode)
                .nOut(between(1, 4))
                .hasBias(random.nextBoolean())
                .activation(activation())
                .rnnDataFormat(format)
                .build();
    }

    private Layer subsampling() {
        ConvolutionMode mode = windows();
        int kernel = between(1, 3);
        int stride = between(1, 2);
        // DL4J computes a causal pooling as it does a truncated one, and none with padding.
        window(mode == ConvolutionMode.Same, kernel, stride, 0, 1);
        SubsamplingLayer.PoolingType[] types = {
            SubsamplingLayer.PoolingType.MAX, SubsamplingLayer.PoolingType.AVG, SubsamplingLayer.PoolingType.PNORM
        };
        return new Subsampling1DLayer.Builder(types[random.nextInt(types.length)], kernel, stride)
                .convolutionMode(mode)
                .pnorm(between(1, 3))
                .build();
    }

    private void window(boolean whole, int kernel, int stride, int padding, int dilation) {
        int free = length + 2 * padding - (kernel - 1) * dilation - 1;
        requireSteps(whole ? (length + stride - 1) / stride : free < 0 ? 0 : free / stride + 1);
    }

    private void requireSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A sequence of " + steps + " steps is empty.");
        }
        length = steps;
    }

    private DenseLayer dense() {
        return new DenseLayer.Builder()
                .nOut(between(1, 4))
                .activation(random.nextInt(3) == 0 ? Activation.SOFTMAX : activation())
                .build();
    }

    private ConvolutionMode windows() {
        ConvolutionMode[] modes = {
            ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Strict, ConvolutionMode.Causal
        };
        return modes[random.nextInt(modes.length)];
    }

    private Activation activation() {
        Activation[] some = {Activation.TANH, Activation.IDENTITY, Activation.RELU, Activation.SOFTSIGN};
        return some[random.nextInt(some.length)];
    }

    private Activation gate() {
        return random.nextInt(3) > 0 ? Activation.SIGMOID : Activation.HARDSIGMOID;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
