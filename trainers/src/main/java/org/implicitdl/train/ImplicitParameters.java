package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of an implicit layer and its readout as the weights of x = φ(Ax + Bu + b), ŷ = Cx + Du + d, the biases as
 * last columns of B and D: C, D and d are the layer's own, or where it puts out its state those of the {@code OutputLayer}
 * after it, which has no D.
 *
 * @param index of the implicit layer
 */
record ImplicitParameters(MultiLayerNetwork net, int index) {

    private ImplicitLayer layer() {
        return (ImplicitLayer) net.getLayerWiseConfigurations().getConf(index).getLayer();
    }

    /** Whether the output meets the features directly. */
    boolean hasDirectTerm() {
        return !layer().isStateOutput() && layer().isDirectTerm();
    }

    /** The network's own weights. */
    ImplicitWeights weights() {
        Matrix c = layer().isStateOutput() ? Matrix.copyOf(outputWeights().transpose()) : Matrix.copyOf(parameter("C"));
        return new ImplicitWeights(
                Matrix.copyOf(parameter("A")),
                TrainableNetwork.beside(Matrix.copyOf(parameter("B")), parameter("b")),
                c,
                TrainableNetwork.beside(
                        hasDirectTerm() ? Matrix.copyOf(parameter("D")) : Matrix.zeros(c.rows(), 0), outputBias()));
    }

    /** Writes weights to the network's parameters, in place. */
    void assign(ImplicitWeights weights) {
        assign(
                Matrix.beside(weights.a(), weights.b())
                        .toArray(parameter("A").dataType())
                        .transpose(),
                Matrix.beside(weights.c(), weights.d())
                        .toArray(parameter("A").dataType())
                        .transpose());
    }

    /**
     * Writes weights to the network's parameters, in place.
     *
     * @param rule [A B b]ᵀ
     * @param readout [C D d]ᵀ
     */
    void assign(INDArray rule, INDArray readout) {
        long n = layer().getStateSize();
        Blas.copy(rows(rule, 0, n).transpose(), parameter("A"));
        Blas.copy(rows(rule, n, rule.size(0) - 1).transpose(), parameter("B"));
        assignLastRow(rule, parameter("b"));
        if (layer().isStateOutput()) {
            Blas.copy(rows(readout, 0, n), outputWeights());
        } else {
            Blas.copy(rows(readout, 0, n).transpose(), parameter("C"));
        }
        if (hasDirectTerm()) {
            Blas.copy(rows(readout, n, readout.size(0) - 1).transpose(), parameter("D"));
        }
        assignLastRow(readout, outputBias());
    }

    private static INDArray rows(INDArray weights, long from, long to) {
        return weights.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    private static void assignLastRow(INDArray weights, INDArray bias) {
        bias.assign(weights.getRow(weights.size(0) - 1).reshape(bias.shape()));
    }

    private INDArray parameter(String name) {
        return net.getLayer(index).getParam(name);
    }

    private INDArray outputWeights() {
        return net.getLayer(index + 1).getParam(DefaultParamInitializer.WEIGHT_KEY);
    }

    private INDArray outputBias() {
        return layer().isStateOutput()
                ? net.getLayer(index + 1).getParam(DefaultParamInitializer.BIAS_KEY)
                : parameter("d");
    }
}
