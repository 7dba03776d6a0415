package org.implicitdl.zoo.bench.convert;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights and running statistics as training might leave them. The zoo's own first weights are made for training, and
 * overflow where the statistics say that there is nothing to normalize.
 */
final class RandomParameters {
    private static final long SEED = 5;

    private RandomParameters() {}

    /** Draws weights, of the size that keeps activations alive, and what normalizations know anew. */
    static ComputationGraph fill(ComputationGraph graph) {
        Nd4j.getRandom().setSeed(SEED);
        for (Layer layer : graph.getLayers()) {
            layer.paramTable().forEach(RandomParameters::fill);
        }
        return graph;
    }

    private static void fill(String key, INDArray parameter) {
        switch (key) {
            case "gamma" -> parameter.assign(uniform(parameter, 0.5, 1.1));
            case "beta", "mean" -> parameter.assign(uniform(parameter, -0.2, 0.2));
            case "log10stdev" -> parameter.assign(uniform(parameter, 0, 0.1));
            default -> {
                if (key.equals("W")) {
                    // [inputs, outputs] of a dense layer, [outputs, inputs, kernel] of a convolution.
                    boolean dense = parameter.rank() == 2;
                    double inputs = dense ? parameter.size(0) : (double) parameter.length() / parameter.size(0);
                    parameter.assign(
                            Nd4j.randn(parameter.dataType(), parameter.shape()).muli(Math.sqrt(2 / inputs)));
                }
            }
        }
    }

    private static INDArray uniform(INDArray like, double low, double high) {
        return Nd4j.rand(like.dataType(), like.shape()).muli(high - low).addi(low);
    }
}
