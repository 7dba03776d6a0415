package org.implicitdl.train;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The score of a network whose weights were changed from outside. */
final class NetworkScore {
    private NetworkScore() {}

    /**
     * The score that labels give with the output of the last layer before its activation, with the penalties of all layers,
     * as {@code net.score} has it.
     */
    static double of(MultiLayerNetwork net, INDArray labels, INDArray output) {
        BaseLayer last = (BaseLayer) net.getLayer(net.getnLayers() - 1).conf().getLayer();
        return loss(last).orElseThrow().computeScore(labels, output, last.getActivationFn(), null, true)
                + net.calcRegularizationScore(true);
    }

    /** The loss function of the last layer of a network, unless it is one for images or sequences. */
    static Optional<ILossFunction> loss(Layer last) {
        if (last instanceof LossLayer layer) {
            return Optional.of(layer.getLossFn());
        }
        return last instanceof BaseOutputLayer layer ? Optional.of(layer.getLossFn()) : Optional.empty();
    }

    /**
     * What DL4J gives on a data set with the weights as they are, without dropout and with the statistics of batch
     * normalization. A listener may ask the network for its gradient and its input, as the one of the training UI does: for
     * networks with listeners they are there afterwards, too, and the score is the same.
     */
    static double of(MultiLayerNetwork net, DataSet data) {
        double score = net.score(data);
        show(net, data);
        return score;
    }

    /** Lets listeners, if there are any, see what back-propagation makes of a data set. */
    static void show(MultiLayerNetwork net, DataSet data) {
        if (!net.getListeners().isEmpty()) {
            differentiate(net, data);
        }
    }

    /** Computes the score and the gradient as DL4J does, and tells listeners of them; the activations stay. */
    static void differentiate(MultiLayerNetwork net, DataSet data) {
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
        for (TrainingListener listener : net.getListeners()) {
            listener.onGradientCalculation(net);
        }
    }
}
