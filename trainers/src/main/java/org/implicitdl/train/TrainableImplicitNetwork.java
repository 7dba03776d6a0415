package org.implicitdl.train;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network that ends with an implicit layer and its loss, seen as the model x = φ(Ax + Bu + b), ŷ = Cx + Du + d of the
 * features that the layers before make, which stay as they are. C, D and d are those of the implicit layer before a
 * {@code LossLayer}; where it puts out its state, C and d are those of the {@code OutputLayer} and D is not there.
 */
final class TrainableImplicitNetwork {
    private static final String SUPPORTED =
            "one ImplicitLayer with a bias and wellPosed(NORM_INF), followed by a LossLayer,"
                    + " or with stateOutput(true) by an OutputLayer";

    private final MultiLayerNetwork net;
    private final int index;
    private final ImplicitLayer layer;
    private final FenchelActivation phi;
    private final Link loss;

    /** @throws UnsupportedNetworkException naming the layer and the reason, if the network is of another kind */
    TrainableImplicitNetwork(MultiLayerNetwork net) {
        this.net = net;
        if (!net.isInitCalled()) {
            throw new UnsupportedNetworkException("The network is not initialized; call init() before it is trained.");
        }
        int last = net.getnLayers() - 1;
        this.index = IntStream.rangeClosed(0, last)
                .filter(l -> conf(l) instanceof ImplicitLayer)
                .reduce((first, second) -> {
                    throw TrainableNetwork.unsupported(second, conf(second), "is a second implicit layer", SUPPORTED);
                })
                .orElseThrow(() -> TrainableNetwork.unsupported(
                        last, conf(last), "ends a network without an implicit layer", SUPPORTED));
        this.layer = (ImplicitLayer) conf(index);
        if (index != last - 1) {
            throw TrainableNetwork.unsupported(index, layer, "is not the last but one", SUPPORTED);
        }
        requireTrainable();
        this.phi = (FenchelActivation) Activations.of(layer.getActivationFn());
        this.loss = link(last);
    }

    private void requireTrainable() {
        if (layer.getWellPosed() != WellPosed.NORM_INF) {
            throw TrainableNetwork.unsupported(
                    index, layer, "is kept well-posed by " + layer.getWellPosed(), SUPPORTED);
        }
        if (!layer.isHasBias()) {
            throw TrainableNetwork.unsupported(index, layer, "has no bias", SUPPORTED);
        }
        TrainableNetwork.requirePlain(index, layer);
        if (!(Activations.of(layer.getActivationFn()) instanceof FenchelActivation)) {
            throw TrainableNetwork.unsupported(
                    index,
                    layer,
                    "has the activation " + layer.getActivationFn() + ", which has no Fenchel divergence",
                    "the activations " + Activations.all());
        }
    }

    private Link link(int last) {
        Layer conf = conf(last);
        if (layer.isStateOutput() && conf.getClass() == OutputLayer.class) {
            TrainableNetwork.requirePlain(last, (BaseLayer) conf);
            return TrainableNetwork.loss(last, (OutputLayer) conf);
        }
        if (!layer.isStateOutput() && conf instanceof LossLayer lossLayer) {
            return TrainableNetwork.loss(last, lossLayer, lossLayer.getLossFn());
        }
        throw TrainableNetwork.unsupported(
                last,
                conf,
                "follows an implicit layer that puts out " + (layer.isStateOutput() ? "its state" : "Cx + Du + d"),
                SUPPORTED);
    }

    /** The bound of ‖A‖∞ that the layer asks for. */
    double kappa() {
        return layer.getKappa() / phi.lipschitz();
    }

    /**
     * The problem of a data set.
     *
     * @throws org.implicitdl.operator.ShapeException if features or labels have another shape
     */
    ImplicitProblem problem(DataSet data) {
        if (data.hasMaskArrays()) {
            throw new IllegalArgumentException(
                    "The data set has mask arrays, which this training does not take; remove them.");
        }
        INDArray features = index == 0
                ? data.getFeatures()
                : net.feedForwardToLayer(index - 1, data.getFeatures(), false).get(index);
        TrainingData.requireWidth("features of the implicit layer", features, (int) layer.getNIn());
        Matrix y = TrainingData.columns(data.getLabels());
        TrainingData.requireLabels(loss, y);
        Matrix u = TrainingData.columns(features).aboveOnes();
        return new ImplicitProblem(u, hasDirectTerm() ? u : u.part(u.rows() - 1, u.rows(), 0, u.cols()), y, loss, phi);
    }

    private boolean hasDirectTerm() {
        return !layer.isStateOutput() && layer.isDirectTerm();
    }

    /** The network's own weights. */
    ImplicitWeights weights() {
        Matrix a = Matrix.copyOf(parameter(index, "A"));
        Matrix b = TrainableNetwork.beside(Matrix.copyOf(parameter(index, "B")), parameter(index, "b"));
        if (layer.isStateOutput()) {
            Matrix c = Matrix.copyOf(parameter(index + 1, DefaultParamInitializer.WEIGHT_KEY))
                    .transpose();
            return new ImplicitWeights(a, b, c, column(outputBias()));
        }
        Matrix c = Matrix.copyOf(parameter(index, "C"));
        Matrix d = hasDirectTerm()
                ? TrainableNetwork.beside(Matrix.copyOf(parameter(index, "D")), outputBias())
                : column(outputBias());
        return new ImplicitWeights(a, b, c, d);
    }

    private INDArray outputBias() {
        return layer.isStateOutput() ? parameter(index + 1, DefaultParamInitializer.BIAS_KEY) : parameter(index, "d");
    }

    private static Matrix column(INDArray v) {
        return TrainableNetwork.beside(Matrix.zeros((int) v.length(), 0), v);
    }

    /** Writes weights to the network's parameters, in place. */
    void assign(ImplicitWeights weights) {
        assign(parameter(index, "A"), weights.a());
        split(weights.b(), parameter(index, "B"), parameter(index, "b"));
        if (layer.isStateOutput()) {
            assign(
                    parameter(index + 1, DefaultParamInitializer.WEIGHT_KEY),
                    weights.c().transpose());
        } else {
            assign(parameter(index, "C"), weights.c());
        }
        if (hasDirectTerm()) {
            split(weights.d(), parameter(index, "D"), outputBias());
        } else {
            outputBias()
                    .assign(weights.d()
                            .toArray(outputBias().dataType())
                            .reshape(outputBias().shape()));
        }
    }

    private static void assign(INDArray parameter, Matrix values) {
        parameter.assign(values.toArray(parameter.dataType()));
    }

    /** Writes [M v] to M and v. */
    private static void split(Matrix wide, INDArray m, INDArray v) {
        int last = wide.cols() - 1;
        assign(m, wide.part(0, wide.rows(), 0, last));
        v.assign(wide.part(0, wide.rows(), last, wide.cols())
                .toArray(v.dataType())
                .reshape(v.shape()));
    }

    private INDArray parameter(int l, String name) {
        return net.getLayer(l).getParam(name);
    }

    private Layer conf(int l) {
        return net.getLayerWiseConfigurations().getConf(l).getLayer();
    }
}
