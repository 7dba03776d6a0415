package org.implicitdl.zoo.bench.train;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The implicit model that is trained: pixels, 128 rectified states with ‖A‖∞ ≤ 0.95, and a loss of the ten outputs. */
final class EquilibriumClassifier {
    static final int STATES = 128;
    static final double KAPPA = 0.95;

    /** What the outputs are judged by. */
    enum Loss {
        CROSS_ENTROPY(LossFunction.MCXENT, Activation.SOFTMAX),
        SQUARED(LossFunction.MSE, Activation.IDENTITY);

        private final LossFunction function;
        private final Activation activation;

        Loss(LossFunction function, Activation activation) {
            this.function = function;
            this.activation = activation;
        }
    }

    private EquilibriumClassifier() {}

    static MultiLayerNetwork create(ImageSet images, Loss loss, long seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new NoOp())
                .weightInit(WeightInit.RELU)
                .list()
                .layer(new ImplicitLayer.Builder()
                        .nIn(images.pixels())
                        .stateSize(STATES)
                        .nOut(images.classes())
                        .kappa(KAPPA)
                        .activation(Activation.RELU)
                        .build())
                .layer(new LossLayer.Builder(loss.function)
                        .activation(loss.activation)
                        .build())
                .build());
        net.init();
        return net;
    }

    /** ‖A‖∞, summed in double precision. */
    static double norm(MultiLayerNetwork net) {
        INDArray a = net.getParam("0_A").castTo(DataType.DOUBLE);
        return a.norm1(1).maxNumber().doubleValue();
    }
}
