package org.implicitdl.zoo.race;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Pixels, 300 hidden units, a softmax.
 *
 * @param activation of the hidden units
 */
public record Perceptron(Activation activation) implements Architecture {
    private static final int HIDDEN = 300;

    @Override
    public String id() {
        return "dense";
    }

    @Override
    public String description() {
        return "dense layers, " + HIDDEN + " hidden units, activation "
                + activation.toString().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public MultiLayerNetwork create(ImageSet images, IUpdater updater, long seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(updater)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(images.pixels())
                        .nOut(HIDDEN)
                        .activation(activation)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(HIDDEN)
                        .nOut(images.classes())
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        return net;
    }

    /** The number of parameters for such images. */
    static long parameters(ImageSet images) {
        return (long) HIDDEN * (images.pixels() + 1) + (long) images.classes() * (HIDDEN + 1);
    }
}
