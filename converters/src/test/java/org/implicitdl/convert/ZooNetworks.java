package org.implicitdl.convert;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The architectures of DL4J's model zoo, with fewer channels and smaller images, and random weights and statistics. */
final class ZooNetworks {
    /** The published numbers of channels are divided by this. */
    private static final int THINNER = 16;

    private final GraphBuilder graph;
    private String last = "image";
    private int count;

    private ZooNetworks(InputType input, DataType type) {
        this.graph = new NeuralNetConfiguration.Builder()
                .seed(9)
                .dataType(type)
                .convolutionMode(ConvolutionMode.Same)
                .weightInit(WeightInit.RELU)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .validateOutputLayerConfig(false)
                .addInputs("image")
                .setInputTypes(input);
    }

    private interface Body {
        void build(ZooNetworks network);
    }

    private static ComputationGraph network(InputType input, DataType type, Body body) {
        ZooNetworks network = new ZooNetworks(input, type);
        body.build(network);
        network.graph.setOutputs(network.last);
        ComputationGraph built = new ComputationGraph(network.graph.build());
        built.init();
        Random random = new Random(10);
        for (org.deeplearning4j.nn.api.Layer layer : built.getLayers()) {
            for (String key : new String[] {"mean", "gamma", "beta", "b"}) {
                INDArray parameter = layer.paramTable().get(key);
                if (parameter != null) {
                    double[] values = random.doubles(parameter.length())
                            .map(x -> (key.equals("gamma") ? 0.7 : -0.3) + 0.6 * x)
                            .toArray();
                    parameter.assign(org.nd4j.linalg.factory.Nd4j.createFromArray(values)
                            .castTo(parameter.dataType())
                            .reshape(parameter.shape()));
                }
            }
            if (layer.paramTable().containsKey("log10stdev")) {
                layer.paramTable().get("log10stdev").addi(0.1);
            }
        }
        return built;
    }

    private static int thin(int channels) {
        return Math.max(1, channels / THINNER);
    }

    private ZooNetworks then(Layer layer) {
        return from(last, layer);
    }

    private ZooNetworks from(String input, Layer layer) {
        last = "layer" + count++;
        graph.addLayer(last, layer, input);
        return this;
    }

    private ZooNetworks join(org.deeplearning4j.nn.conf.graph.GraphVertex vertex, String... inputs) {
        last = "vertex" + count++;
        graph.addVertex(last, vertex, inputs);
        return this;
    }

    private static ConvolutionLayer conv(int kernel, int stride, int channels, Activation activation) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .nOut(thin(channels))
                .activation(activation)
                .build();
    }

    private static SubsamplingLayer pool(SubsamplingLayer.PoolingType type, int kernel, int stride) {
        return new SubsamplingLayer.Builder(type, new int[] {kernel, kernel}, new int[] {stride, stride}).build();
    }

    private static ActivationLayer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    private static DenseLayer dense(int size) {
        return new DenseLayer.Builder()
                .nOut(thin(size))
                .activation(Activation.RELU)
                .dropOut(0.5)
                .build();
    }

    private static OutputLayer classes() {
        return new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private ZooNetworks convNorm(int kernel, int stride, int channels, Activation activation) {
        return then(conv(kernel, stride, channels, Activation.IDENTITY))
                .then(new BatchNormalization.Builder().build())
                .then(new ActivationLayer(activation));
    }

    /** Two LSTMs and a softmax over characters at every step. */
    static MultiLayerNetwork textGenerationLstm(int characters, DataType type) {
        return RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(9)
                .dataType(type)
                .weightInit(WeightInit.XAVIER)
                .list()
                .layer(new LSTM.Builder()
                        .nIn(characters)
                        .nOut(thin(256))
                        .activation(Activation.TANH)
                        .build())
                .layer(new LSTM.Builder()
                        .nIn(thin(256))
                        .nOut(thin(256))
                        .activation(Activation.TANH)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(thin(256))
                        .nOut(characters)
                        .activation(Activation.SOFTMAX)
                        .build()));
    }

    static ComputationGraph leNet(DataType type) {
        return network(
                InputType.convolutionalFlat(28, 28, 1),
                type,
                net -> net.then(conv(5, 1, 20 * THINNER, Activation.RELU))
                        .then(pool(SubsamplingLayer.PoolingType.MAX, 2, 2))
                        .then(conv(5, 1, 50 * THINNER, Activation.RELU))
                        .then(pool(SubsamplingLayer.PoolingType.MAX, 2, 2))
                        .then(dense(500))
                        .then(classes()));
    }

    static ComputationGraph simpleCnn(DataType type) {
        return network(InputType.convolutional(24, 24, 3), type, net -> {
            for (int channels : new int[] {16, 32, 64, 128}) {
                net.convNorm(channels == 16 ? 7 : 3, 1, 4 * channels, Activation.IDENTITY)
                        .convNorm(3, 1, 4 * channels, Activation.RELU)
                        .then(pool(SubsamplingLayer.PoolingType.AVG, 2, 2))
                        .then(new DropoutLayer(0.5));
            }
            net.convNorm(3, 1, 256, Activation.RELU)
                    .then(conv(3, 1, 10 * THINNER, Activation.IDENTITY))
                    .then(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                    .then(new LossLayer.Builder(LossFunction.MSE)
                            .activation(Activation.SOFTMAX)
                            .build());
        });
    }

    static ComputationGraph alexNet(DataType type) {
        return network(
                InputType.convolutional(67, 67, 3),
                type,
                net -> net.then(new ConvolutionLayer.Builder(11, 11)
                                .stride(4, 4)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .nOut(thin(96))
                                .activation(Activation.RELU)
                                .build())
                        .then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2))
                        .then(conv(5, 1, 256, Activation.RELU))
                        .then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2))
                        .then(conv(3, 1, 384, Activation.RELU))
                        .then(conv(3, 1, 384, Activation.RELU))
                        .then(conv(3, 1, 256, Activation.RELU))
                        .then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2))
                        .then(dense(4096))
                        .then(dense(4096))
                        .then(classes()));
    }

    static ComputationGraph vgg16(DataType type) {
        return network(InputType.convolutional(32, 32, 3), type, net -> {
            int[][] stages = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
            for (int[] stage : stages) {
                for (int i = 0; i < stage[1]; i++) {
                    net.then(conv(3, 1, stage[0], Activation.RELU));
                }
                net.then(pool(SubsamplingLayer.PoolingType.MAX, 2, 2));
            }
            net.then(dense(4096)).then(dense(4096)).then(classes());
        });
    }

    static ComputationGraph resNet50(DataType type) {
        return network(InputType.convolutional(48, 48, 3), type, net -> {
            net.then(new ZeroPaddingLayer.Builder(3, 3).build())
                    .then(new ConvolutionLayer.Builder(7, 7)
                            .stride(2, 2)
                            .convolutionMode(ConvolutionMode.Truncate)
                            .nOut(thin(64))
                            .activation(Activation.IDENTITY)
                            .build())
                    .then(new BatchNormalization.Builder().build())
                    .then(relu())
                    .then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2));
            int[][] stages = {{64, 3}, {128, 4}, {256, 6}, {512, 3}};
            for (int[] stage : stages) {
                for (int i = 0; i < stage[1]; i++) {
                    net.bottleneck(stage[0], i == 0, i == 0 && stage[0] > 64 ? 2 : 1);
                }
            }
            net.then(new GlobalPoolingLayer.Builder(PoolingType.AVG).build()).then(classes());
        });
    }

    private void bottleneck(int channels, boolean project, int stride) {
        String input = last;
        convNorm(1, stride, channels, Activation.RELU)
                .convNorm(3, 1, channels, Activation.RELU)
                .then(conv(1, 1, 4 * channels, Activation.IDENTITY))
                .then(new BatchNormalization.Builder().build());
        String deep = last;
        String shortcut = input;
        if (project) {
            from(input, conv(1, stride, 4 * channels, Activation.IDENTITY))
                    .then(new BatchNormalization.Builder().build());
            shortcut = last;
        }
        join(new ElementWiseVertex(ElementWiseVertex.Op.Add), deep, shortcut).then(relu());
    }

    static ComputationGraph squeezeNet(DataType type) {
        return network(InputType.convolutional(48, 48, 3), type, net -> {
            net.then(conv(3, 2, 64, Activation.RELU)).then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2));
            int[] squeezes = {16, 16, 32, 32, 48, 48, 64, 64};
            for (int i = 0; i < squeezes.length; i++) {
                net.then(conv(1, 1, squeezes[i], Activation.RELU));
                String squeezed = net.last;
                net.from(squeezed, conv(1, 1, 4 * squeezes[i], Activation.RELU));
                String one = net.last;
                net.from(squeezed, conv(3, 1, 4 * squeezes[i], Activation.RELU)).join(new MergeVertex(), one, net.last);
                if (i == 1 || i == 3) {
                    net.then(pool(SubsamplingLayer.PoolingType.MAX, 3, 2));
                }
            }
            net.then(new DropoutLayer(0.5))
                    .then(conv(1, 1, 10 * THINNER, Activation.RELU))
                    .then(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                    .then(new LossLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build());
        });
    }

    static ComputationGraph darknet19(DataType type) {
        return network(InputType.convolutional(32, 32, 3), type, net -> {
            int[][] stages = {
                {32}, {64}, {128, 64, 128}, {256, 128, 256}, {512, 256, 512, 256, 512}, {1024, 512, 1024, 512, 1024}
            };
            for (int[] stage : stages) {
                for (int i = 0; i < stage.length; i++) {
                    net.convNorm(i % 2 == 0 ? 3 : 1, 1, stage[i], Activation.LEAKYRELU);
                }
                if (stage[0] < 1024) {
                    net.then(pool(SubsamplingLayer.PoolingType.MAX, 2, 2));
                }
            }
            net.then(conv(1, 1, 10 * THINNER, Activation.IDENTITY))
                    .then(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                    .then(new LossLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build());
        });
    }

    static ComputationGraph uNet(DataType type) {
        return network(InputType.convolutional(32, 32, 3), type, net -> {
            String[] skips = new String[4];
            for (int level = 0; level < 4; level++) {
                net.then(conv(3, 1, 64 << level, Activation.RELU)).then(conv(3, 1, 64 << level, Activation.RELU));
                skips[level] = net.last;
                net.then(pool(SubsamplingLayer.PoolingType.MAX, 2, 2));
            }
            net.then(conv(3, 1, 1024, Activation.RELU)).then(conv(3, 1, 1024, Activation.RELU));
            for (int level = 3; level >= 0; level--) {
                net.then(new Upsampling2D.Builder(2).build())
                        .then(conv(2, 1, 64 << level, Activation.RELU))
                        .join(new MergeVertex(), skips[level], net.last)
                        .then(conv(3, 1, 64 << level, Activation.RELU))
                        .then(conv(3, 1, 64 << level, Activation.RELU));
            }
            net.then(conv(1, 1, THINNER, Activation.IDENTITY))
                    .then(new CnnLossLayer.Builder(LossFunction.XENT)
                            .activation(Activation.SIGMOID)
                            .build());
        });
    }

    static ComputationGraph xception(DataType type) {
        return network(InputType.convolutional(48, 48, 3), type, net -> {
            net.convNorm(3, 2, 32, Activation.RELU).convNorm(3, 1, 64, Activation.RELU);
            for (int channels : new int[] {128, 256, 728}) {
                net.separableBlock(channels, 2);
            }
            for (int i = 0; i < 4; i++) {
                net.separableBlock(728, 1);
            }
            net.separableBlock(1024, 2);
            net.separable(1536).then(relu()).separable(2048).then(relu());
            net.then(new GlobalPoolingLayer.Builder(PoolingType.AVG).build()).then(classes());
        });
    }

    private ZooNetworks separable(int channels) {
        return then(new SeparableConvolution2D.Builder(3, 3)
                        .nOut(thin(channels))
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .then(new BatchNormalization.Builder().build());
    }

    private void separableBlock(int channels, int stride) {
        String input = last;
        separable(channels).then(relu()).separable(channels);
        if (stride > 1) {
            then(pool(SubsamplingLayer.PoolingType.MAX, 3, stride));
        }
        String deep = last;
        String shortcut = input;
        if (stride > 1) {
            from(input, conv(1, stride, channels, Activation.IDENTITY)).then(new BatchNormalization.Builder().build());
            shortcut = last;
        }
        join(new ElementWiseVertex(ElementWiseVertex.Op.Add), deep, shortcut);
    }
}
