package org.implicitdl.convert;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Seeded networks with all that the standard converter takes, in random places. */
final class RandomNetworks {
    static final List<Activation> ACTIVATIONS =
            Stream.of(Activation.values()).filter(a -> a != Activation.RRELU).toList();

    private RandomNetworks() {}

    /** A network of the given number of layers with weights, with others in between. */
    static MultiLayerNetwork any(long seed, int depth, DataType type) {
        Random random = new Random(seed);
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .l2(random.nextBoolean() ? 0.01 : 0)
                .l1(random.nextBoolean() ? 0.02 : 0)
                // DL4J's own workspaces fail for a dropout layer behind an activation layer that comes first.
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .validateOutputLayerConfig(false);
        int width = 1 + random.nextInt(9);
        for (int i = 0; i < depth - 1; i++) {
            addBetween(layers, random, width);
            int next = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(12);
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(next)
                    .activation(activation(random))
                    .hasBias(random.nextBoolean())
                    .biasInit(random.nextDouble())
                    .dropOut(random.nextBoolean() ? 0.5 : 0)
                    .build());
            width = next;
        }
        addBetween(layers, random, width);
        int outputs = 1 + random.nextInt(5);
        if (random.nextInt(3) > 0) {
            layers.layer(new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(width)
                    .nOut(outputs)
                    .activation(activation(random))
                    .hasBias(random.nextBoolean())
                    .biasInit(random.nextDouble())
                    .build());
        } else {
            layers.layer(new DenseLayer.Builder()
                            .nIn(width)
                            .nOut(outputs)
                            .activation(activation(random))
                            .build())
                    .layer(new LossLayer.Builder(LossFunction.MSE)
                            .activation(activation(random))
                            .build());
        }
        return initialized(layers);
    }

    private static void addBetween(NeuralNetConfiguration.ListBuilder layers, Random random, int width) {
        switch (random.nextInt(6)) {
            case 0 -> layers.layer(new DropoutLayer(0.5));
            case 1 -> layers.layer(new ActivationLayer(activation(random)));
            case 2 ->
                layers.layer(new ActivationLayer(activation(random)))
                        .layer(new DropoutLayer(0.7))
                        .layer(new ActivationLayer(activation(random)));
            case 3 ->
                layers.layer(new ElementWiseMultiplicationLayer.Builder()
                        .nIn(width)
                        .nOut(width)
                        .activation(activation(random))
                        .build());
            default -> {}
        }
    }

    /** Every second layer is affine, since that is where the conversion has to think. */
    private static Activation activation(Random random) {
        return random.nextBoolean() ? Activation.IDENTITY : ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    }

    static MultiLayerNetwork initialized(NeuralNetConfiguration.ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    static INDArray features(long seed, int samples, MultiLayerNetwork network) {
        return normal(seed, samples, inputs(network), network.params().dataType());
    }

    static INDArray normal(long seed, int rows, int cols, DataType type) {
        Random random = new Random(seed);
        double[] values =
                random.doubles((long) rows * cols).map(x -> 3 * x - 1.5).toArray();
        return Nd4j.createFromArray(values).reshape('c', rows, cols).castTo(type);
    }

    static int inputs(MultiLayerNetwork network) {
        return Stream.of(network.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(conf -> conf instanceof FeedForwardLayer)
                .mapToInt(conf -> (int) ((FeedForwardLayer) conf).getNIn())
                .filter(size -> size > 0)
                .findFirst()
                .orElseThrow();
    }
}
