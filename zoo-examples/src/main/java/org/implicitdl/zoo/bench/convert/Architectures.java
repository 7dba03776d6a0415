package org.implicitdl.zoo.bench.convert;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.Xception;
import org.implicitdl.zoo.bench.Effort;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks whose conversion is measured: perceptrons, and architectures of DL4J's own zoo. */
final class Architectures {
    private static final int DIGIT = 28;
    private static final int DIGITS = 10;
    private static final int CLASSES = 1000;
    private static final int SEED = 1;

    private Architectures() {}

    static Subject perceptron() {
        return perceptron(DIGIT * DIGIT, 300, DIGITS);
    }

    static Subject deepPerceptron() {
        return perceptron(DIGIT * DIGIT, 512, 512, 256, 256, 128, DIGITS);
    }

    /** Dense layers with ReLU, and a softmax, between layers of the given sizes. */
    private static Subject perceptron(int... sizes) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .weightInit(WeightInit.RELU)
                .list();
        StringBuilder name = new StringBuilder("perceptron " + sizes[0]);
        int last = sizes.length - 2;
        for (int i = 0; i < last; i++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(sizes[i])
                    .nOut(sizes[i + 1])
                    .activation(Activation.RELU)
                    .build());
            name.append('-').append(sizes[i + 1]);
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(sizes[last])
                .nOut(sizes[last + 1])
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return new Subject(
                name.append('-').append(sizes[last + 1]).toString(), network, InputType.feedForward(sizes[0]));
    }

    static Subject leNet() {
        LeNet zoo = LeNet.builder()
                .seed(SEED)
                .inputShape(new int[] {1, DIGIT, DIGIT})
                .numClasses(DIGITS)
                .build();
        return new Subject("LeNet", zoo.init(), InputType.convolutional(DIGIT, DIGIT, 1));
    }

    static Subject resNet50(int pixels) {
        return image(
                "ResNet50",
                pixels,
                ResNet50.builder().inputShape(shape(pixels)).numClasses(CLASSES).build());
    }

    /** ResNet50 at its full size; something smaller if seconds must do. */
    static Subject large(Effort effort) {
        return effort.quick() ? squeezeNet(64) : resNet50(224);
    }

    static Subject squeezeNet(int pixels) {
        return image(
                "SqueezeNet",
                pixels,
                SqueezeNet.builder()
                        .inputShape(shape(pixels))
                        .numClasses(CLASSES)
                        .build());
    }

    static Subject darknet19(int pixels) {
        return image(
                "Darknet19",
                pixels,
                Darknet19.builder()
                        .inputShape(shape(pixels))
                        .numClasses(CLASSES)
                        .build());
    }

    static Subject vgg16(int pixels) {
        return image(
                "VGG16",
                pixels,
                VGG16.builder().inputShape(shape(pixels)).numClasses(CLASSES).build());
    }

    static Subject xception(int pixels) {
        return image(
                "Xception",
                pixels,
                Xception.builder().inputShape(shape(pixels)).numClasses(CLASSES).build());
    }

    static Subject uNet(int pixels) {
        return image("UNet", pixels, UNet.builder().inputShape(shape(pixels)).build());
    }

    private static int[] shape(int pixels) {
        return new int[] {3, pixels, pixels};
    }

    private static Subject image(String name, int pixels, ZooModel<?> zoo) {
        ComputationGraph graph = zoo.init();
        return new Subject(
                name + " " + pixels, RandomParameters.fill(graph), InputType.convolutional(pixels, pixels, 3));
    }
}
