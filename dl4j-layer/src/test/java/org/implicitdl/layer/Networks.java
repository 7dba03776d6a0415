package org.implicitdl.layer;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks with implicit layers, and data for them. */
final class Networks {
    static final int SEED = 20_260;

    private Networks() {}

    /** Starts a configuration in double precision without updates. */
    static NeuralNetConfiguration.Builder builder() {
        return builder(new NoOp());
    }

    static NeuralNetConfiguration.Builder builder(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .dataType(DataType.DOUBLE)
                .updater(updater);
    }

    /** An implicit layer 4 → 3 with 5 states. */
    static ImplicitLayer.Builder layer() {
        return new ImplicitLayer.Builder().nIn(4).nOut(3).stateSize(5).activation(Activation.TANH);
    }

    static OutputLayer softmax(int nIn, int nOut) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(nIn)
                .nOut(nOut)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static OutputLayer squared(int nIn, int nOut) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(nIn)
                .nOut(nOut)
                .activation(Activation.IDENTITY)
                .build();
    }

    /** An initialized network of the layers. */
    static MultiLayerNetwork network(NeuralNetConfiguration.Builder builder, Layer... layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder.list(layers).build());
        network.init();
        return network;
    }

    static MultiLayerNetwork network(MultiLayerConfiguration conf) {
        MultiLayerNetwork network = new MultiLayerNetwork(conf);
        network.init();
        return network;
    }

    /** Standard normal features, seeded. */
    static INDArray features(long seed, long... shape) {
        java.util.Random random = new java.util.Random(seed);
        INDArray features = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < features.length(); i++) {
            features.putScalar(i, random.nextGaussian());
        }
        return features;
    }

    /** One-hot labels [m, q] in turn. */
    static INDArray labels(int samples, int classes) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, samples, classes);
        for (int i = 0; i < samples; i++) {
            labels.putScalar(i, i * 7 % classes, 1);
        }
        return labels;
    }

    /** Two interleaved classes on rings: no linear model separates them. */
    static DataSet rings(int samples, DataType type) {
        INDArray features = features(SEED, samples, 2).castTo(type);
        INDArray labels = Nd4j.zeros(type, samples, 2);
        for (int i = 0; i < samples; i++) {
            double radius = features.getRow(i).norm2Number().doubleValue();
            labels.putScalar(i, radius < 1.18 ? 0 : 1, 1);
        }
        return new DataSet(features, labels);
    }

    static EquilibriumLayer implicit(MultiLayerNetwork network, int index) {
        return (EquilibriumLayer) network.getLayer(index);
    }
}
