package org.implicitdl.train;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
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

    /** Sets the score that labels give with the output of the last layer before its activation. */
    static void set(MultiLayerNetwork net, INDArray labels, INDArray output) {
        BaseLayer last = (BaseLayer) net.getLayer(net.getnLayers() - 1).conf().getLayer();
        ILossFunction loss = last instanceof LossLayer layer ? layer.getLossFn() : ((BaseOutputLayer) last).getLossFn();
        net.setScore(loss.computeScore(labels, output, last.getActivationFn(), null, true));
    }

    /**
     * Sets the score as DL4J computes it. A listener may ask the network for its gradient, as the one of the training UI
     * does: for networks with listeners it is computed, too, for them to look at.
     */
    static void update(MultiLayerNetwork net, DataSet data) {
        if (net.getListeners().isEmpty()) {
            net.setScore(net.score(data));
            return;
        }
        differentiate(net, data);
        net.clear();
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
