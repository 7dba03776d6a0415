package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of an implicit layer and its readout as the weights of x = φ(Ax + Bu + b), ŷ = Cx + Du + d, the biases as
 * last columns of B and D.
 *
 * @param index of the implicit layer
 * @param readout where C, D and d are
 */
record ImplicitParameters(MultiLayerNetwork net, int index, Place readout) {

    /** Where the weights of the readout are. */
    enum Place {
        /** In the implicit layer itself. */
        OWN,
        /** In the output layer after it, which has no D. */
        NEXT_LAYER,
        /** Nowhere: what comes next meets the states. */
        NOWHERE
    }

    private ImplicitLayer layer() {
        return (ImplicitLayer) net.getLayerWiseConfigurations().getConf(index).getLayer();
    }

    /** Whether the output meets the features directly. */
    boolean hasDirectTerm() {
        return readout == Place.OWN && layer().isDirectTerm();
    }

    /** The network's own weights; C and D without rows if there is no readout. */
    ImplicitWeights weights() {
        Matrix a = Matrix.copyOf(parameter("A"));
        Matrix b = TrainableNetwork.beside(Matrix.copyOf(parameter("B")), parameter("b"));
        if (readout == Place.NOWHERE) {
            return new ImplicitWeights(a, b, Matrix.zeros(0, a.rows()), Matrix.zeros(0, 1));
        }
        Matrix c = Matrix.copyOf(
                readout == Place.OWN ? parameter("C") : outputWeights().transpose());
        Matrix d = hasDirectTerm() ? Matrix.copyOf(parameter("D")) : Matrix.zeros(c.rows(), 0);
        return new ImplicitWeights(a, b, c, TrainableNetwork.beside(d, outputBias()));
    }

    /** Writes weights to the network's parameters, in place, with A within its bounds as it is stored. */
    void assign(ImplicitWeights weights) {
        DataType type = parameter("A").dataType();
        Matrix a = type == DataType.FLOAT ? towardsZero(weights.a()) : weights.a();
        assignRule(Matrix.beside(a, weights.b()).toArray(type).transpose());
        assignReadout(Matrix.beside(weights.c(), weights.d()).toArray(type).transpose());
    }

    /** In single precision, so that every bound of A's absolute values that holds for it holds for what is stored. */
    private static Matrix towardsZero(Matrix a) {
        Matrix rounded = a.copy();
        for (int i = 0; i < rounded.values().length; i++) {
            float near = (float) a.values()[i];
            rounded.values()[i] = Math.abs(near) > Math.abs(a.values()[i]) ? Math.nextAfter(near, 0) : near;
        }
        return rounded;
    }

    /** Writes the weights of a run to the network's parameters, in place. */
    void assign(MinibatchRun run) {
        assignRule(run.weights(0));
        if (readout != Place.NOWHERE) {
            assignReadout(run.weights(1));
        }
    }

    /** @param rule [A B b]ᵀ */
    private void assignRule(INDArray rule) {
        long n = layer().getStateSize();
        Blas.copy(rows(rule, 0, n).transpose(), parameter("A"));
        Blas.copy(rows(rule, n, rule.size(0) - 1).transpose(), parameter("B"));
        assignLastRow(rule, parameter("b"));
    }

    /** @param weights [C D d]ᵀ */
    private void assignReadout(INDArray weights) {
        long n = layer().getStateSize();
        if (readout == Place.NEXT_LAYER) {
            Blas.copy(rows(weights, 0, n), outputWeights());
        } else {
            Blas.copy(rows(weights, 0, n).transpose(), parameter("C"));
        }
        if (hasDirectTerm()) {
            Blas.copy(rows(weights, n, weights.size(0) - 1).transpose(), parameter("D"));
        }
        assignLastRow(weights, outputBias());
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
        return readout == Place.OWN
                ? parameter("d")
                : net.getLayer(index + 1).getParam(DefaultParamInitializer.BIAS_KEY);
    }
}
