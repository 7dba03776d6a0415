package org.implicitdl.zoo.synthetic.method;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.operator.Matrix;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.TanhNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The network of §7.1 as DL4J has it: tanh layers of 12 and 6, a linear output, squared loss, no biases. */
final class PaperNetwork {
    private PaperNetwork() {}

    /**
     * A network with random weights.
     *
     * @param seed of the weights
     */
    static MultiLayerNetwork create(long seed, IUpdater updater) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(updater)
                .list();
        int last = SyntheticProblem.WIDTHS.size() - 1;
        for (int l = 1; l < last; l++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(SyntheticProblem.WIDTHS.get(l - 1))
                    .nOut(SyntheticProblem.WIDTHS.get(l))
                    .activation(Activation.TANH)
                    .hasBias(false)
                    .build());
        }
        layers.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(SyntheticProblem.WIDTHS.get(last - 1))
                .nOut(SyntheticProblem.WIDTHS.get(last))
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    /** A copy of the present weights: DL4J keeps them as [inputs, outputs], the paper as [outputs, inputs]. */
    static TanhNetwork weightsOf(MultiLayerNetwork network) {
        return new TanhNetwork(IntStream.range(0, network.getnLayers())
                .mapToObj(l -> Matrix.copyOf(network.getParam(l + "_W")).transpose())
                .toList());
    }
}
