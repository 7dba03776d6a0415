package org.implicitdl.train;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The one implicit layer of a network, and what the layers before it make of features. */
final class ImplicitPart {
    static final String SUPPORTED = "one ImplicitLayer with a bias and wellPosed(NORM_INF), followed by a LossLayer,"
            + " or with stateOutput(true) by an OutputLayer; in minibatches also by other layers that end with one of them";

    private final MultiLayerNetwork net;
    private final int index;
    private final ImplicitLayer layer;

    /** Whether a network holds an implicit layer. */
    static boolean isIn(MultiLayerNetwork net) {
        return net.getLayerWiseConfigurations().getConfs().stream()
                .anyMatch(conf -> conf.getLayer() instanceof ImplicitLayer);
    }

    /** @throws UnsupportedNetworkException naming the layer and the reason, if there is not exactly one that can be trained */
    ImplicitPart(MultiLayerNetwork net) {
        this.net = net;
        TrainableNetwork.requireReady(net);
        int last = last();
        this.index = IntStream.rangeClosed(0, last)
                .filter(l -> conf(l) instanceof ImplicitLayer)
                .reduce((first, second) -> {
                    throw unsupported(second, "is a second implicit layer");
                })
                .orElseThrow(() -> unsupported(last, "ends a network without an implicit layer"));
        this.layer = (ImplicitLayer) conf(index);
        requireTrainable();
    }

    private void requireTrainable() {
        if (index == last()) {
            throw unsupported(index, "is the last one, without a loss");
        }
        if (layer.getWellPosed() != WellPosed.NORM_INF) {
            throw unsupported(index, "is kept well-posed by " + layer.getWellPosed());
        }
        if (!layer.isHasBias()) {
            throw unsupported(index, "has no bias");
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

    UnsupportedNetworkException unsupported(int l, String reason) {
        return TrainableNetwork.unsupported(l, conf(l), reason, SUPPORTED);
    }

    /** The configuration of layer l. */
    Layer conf(int l) {
        return net.getLayerWiseConfigurations().getConf(l).getLayer();
    }

    /** The place of the implicit layer. */
    int index() {
        return index;
    }

    /** The place of the network's last layer. */
    int last() {
        return net.getnLayers() - 1;
    }

    ImplicitLayer layer() {
        return layer;
    }

    FenchelActivation phi() {
        return (FenchelActivation) Activations.of(layer.getActivationFn());
    }

    /** The bound of ‖A‖∞ that the layer asks for. */
    double kappa() {
        return kappa(layer);
    }

    /** The bound of ‖A‖∞ that a layer asks for. */
    static double kappa(ImplicitLayer layer) {
        return layer.getKappa() / Activations.of(layer.getActivationFn()).lipschitz();
    }

    /**
     * Where the weights are.
     *
     * @param readout for a layer that puts out its state
     */
    ImplicitParameters parameters(ImplicitParameters.Place readout) {
        return new ImplicitParameters(net, index, layer.isStateOutput() ? readout : ImplicitParameters.Place.OWN);
    }

    /**
     * What the implicit layer meets of a batch.
     *
     * @throws org.implicitdl.operator.NonFiniteException if a feature or label is NaN or infinite
     * @throws org.implicitdl.operator.ShapeException if that is of another width, or there are no labels
     * @throws IllegalArgumentException if there are masks
     */
    INDArray features(DataSet batch) {
        TrainingData.requireComplete(batch);
        TrainingData.requireNoMasks(batch);
        NonFiniteException.check("features", batch.getFeatures());
        NonFiniteException.check("labels", batch.getLabels());
        INDArray features = index == 0
                ? batch.getFeatures()
                : net.feedForwardToLayer(index - 1, batch.getFeatures(), false).get(index);
        InputPreProcessor preprocessor = net.getLayerWiseConfigurations().getInputPreProcess(index);
        INDArray met = preprocessor == null
                ? features
                : preprocessor.preProcess(features, batch.numExamples(), LayerWorkspaceMgr.noWorkspaces());
        TrainingData.requireWidth("features of the implicit layer", met, (int) layer.getNIn());
        if (met.size(0) != batch.numExamples()) {
            throw new IllegalArgumentException("The implicit layer must meet one row of features for each of the "
                    + batch.numExamples() + " samples, but meets " + met.size(0)
                    + "; time series are not trained in this way.");
        }
        return met;
    }
}
