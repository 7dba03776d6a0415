package org.implicitdl.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks and data that the tests share; the same seed gives the same numbers. */
final class Networks {
    private Networks() {}

    /** An initialized network of the given layers. */
    static MultiLayerNetwork of(DataType type, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new Sgd(0.05))
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.build());
        net.init();
        return net;
    }

    /** Dense layers below an output layer. */
    static MultiLayerNetwork dense(
            DataType type, Activation hidden, LossFunction loss, Activation output, boolean bias, int... sizes) {
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l + 2 < sizes.length; l++) {
            layers.add(hidden(sizes[l], sizes[l + 1])
                    .activation(hidden)
                    .hasBias(bias)
                    .build());
        }
        int top = sizes.length - 1;
        layers.add(new OutputLayer.Builder(loss)
                .nIn(sizes[top - 1])
                .nOut(sizes[top])
                .activation(output)
                .hasBias(bias)
                .build());
        return of(type, layers.toArray(new Layer[0]));
    }

    /** 4-5-2, tanh, squared loss. */
    static MultiLayerNetwork small(DataType type) {
        return dense(type, Activation.TANH, LossFunction.MSE, Activation.IDENTITY, true, 4, 5, 2);
    }

    /** 4 features, 5 states that are put out, 2 outputs, squared loss. */
    static MultiLayerNetwork implicit(DataType type) {
        return of(
                type,
                new ImplicitLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .stateSize(5)
                        .stateOutput(true)
                        .activation(Activation.RELU)
                        .build(),
                squared(5));
    }

    /** An implicit layer between two others, whose updater has a state: 4 features, 4 hidden units, 5 states, 3, 2 outputs. */
    static MultiLayerNetwork amongOthers(DataType type) {
        return among(type, new Adam(0.01));
    }

    /** The same with an updater of its own for the implicit layer. */
    static MultiLayerNetwork among(DataType type, IUpdater ofImplicit) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Adam(0.01))
                .list(
                        hidden(4, 4).build(),
                        new ImplicitLayer.Builder()
                                .nIn(4)
                                .nOut(3)
                                .stateSize(5)
                                .activation(Activation.RELU)
                                .updater(ofImplicit)
                                .build(),
                        squared(3))
                .build());
        net.init();
        return net;
    }

    static DenseLayer.Builder hidden(int inputs, int outputs) {
        return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH);
    }

    /** An output layer of 2 outputs with the squared loss. */
    static OutputLayer squared(int inputs) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(inputs)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }

    /** Smooth responses of 4 features: 2 for the squared loss, else the classes of 3. */
    static DataSet data(DataType type, LossFunction loss, int samples) {
        Random random = new Random(11);
        boolean classes = loss == LossFunction.MCXENT || loss == LossFunction.NEGATIVELOGLIKELIHOOD;
        INDArray features = Nd4j.create(type, samples, 4);
        INDArray labels = Nd4j.zeros(type, samples, classes ? 3 : 2);
        for (int j = 0; j < samples; j++) {
            double[] x = random.doubles(4, -1.5, 1.5).toArray();
            for (int i = 0; i < 4; i++) {
                features.putScalar(j, i, x[i]);
            }
            double first = Math.sin(2 * x[0]) + x[1] * x[2];
            double second = Math.cos(x[3]) - x[0];
            if (classes) {
                labels.putScalar(j, first > 0.5 ? 0 : second > 0.5 ? 1 : 2, 1);
            } else if (loss == LossFunction.XENT) {
                labels.putScalar(j, 0, first > 0 ? 1 : 0);
                labels.putScalar(j, 1, second > 0 ? 1 : 0);
            } else {
                labels.putScalar(j, 0, first);
                labels.putScalar(j, 1, second);
            }
        }
        return new DataSet(features, labels);
    }
}
