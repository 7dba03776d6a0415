package org.implicitdl.train;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.implicit.ImplicitForm;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network that ends with an implicit layer and its loss, seen as the model x = φ(Ax + Bu + b), ŷ = Cx + Du + d of the
 * features that the layers before make, which stay as they are. C, D and d are those of the implicit layer before a
 * {@code LossLayer}; where it puts out its state, C and d are those of the {@code OutputLayer} and D is not there.
 */
final class TrainableImplicitNetwork implements BatchwiseNetwork {
    private static final String SUPPORTED =
            "one ImplicitLayer with a bias and wellPosed(NORM_INF), followed by a LossLayer,"
                    + " or with stateOutput(true) by an OutputLayer";

    private final MultiLayerNetwork net;
    private final int index;
    private final ImplicitLayer layer;
    private final FenchelActivation phi;
    private final Link loss;

    /** Whether a network holds an implicit layer. */
    static boolean isOne(MultiLayerNetwork net) {
        return net.getLayerWiseConfigurations().getConfs().stream()
                .anyMatch(conf -> conf.getLayer() instanceof ImplicitLayer);
    }

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

    /** Where the weights are. */
    ImplicitParameters parameters() {
        return new ImplicitParameters(net, index);
    }

    /**
     * The problem of a data set.
     *
     * @throws org.implicitdl.operator.ShapeException if features or labels have another shape
     */
    ImplicitProblem problem(DataSet data) {
        Matrix u = TrainingData.columns(features(data)).aboveOnes();
        Matrix y = TrainingData.columns(data.getLabels());
        TrainingData.requireLabels(loss, y);
        Matrix v = parameters().hasDirectTerm() ? u : u.part(u.rows() - 1, u.rows(), 0, u.cols());
        return new ImplicitProblem(u, v, y, loss, phi);
    }

    @Override
    public void requireFit(DataSet data) {
        problem(data);
    }

    @Override
    public INDArray features(DataSet batch) {
        if (batch.hasMaskArrays()) {
            throw new IllegalArgumentException(
                    "The data set has mask arrays, which this training does not take; remove them.");
        }
        INDArray features = index == 0
                ? batch.getFeatures()
                : net.feedForwardToLayer(index - 1, batch.getFeatures(), false).get(index);
        TrainingData.requireWidth("features of the implicit layer", features, (int) layer.getNIn());
        TrainingData.requireWidth("labels", batch.getLabels(), outputs());
        return features;
    }

    private int outputs() {
        return (int) (layer.isStateOutput() ? ((OutputLayer) conf(index + 1)).getNOut() : layer.getNOut());
    }

    @Override
    public MinibatchRun start(MinibatchDescent method, DataType type) {
        return method.start(new ImplicitForm(phi, loss, kappa()), parameters().weights(), type);
    }

    @Override
    public void assign(MinibatchRun run) {
        parameters().assign(run.weights(0), run.weights(1));
    }

    private Layer conf(int l) {
        return net.getLayerWiseConfigurations().getConf(l).getLayer();
    }
}
