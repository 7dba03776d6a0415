package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.DataSet;

/** The score of a network whose weights were changed from outside. */
final class NetworkScore {
    private NetworkScore() {}

    /**
     * Sets the score as DL4J computes it. A listener may ask the network for its gradient, as the one of the training UI
     * does: for networks with listeners it is computed, too, for them to look at.
     */
    static void update(MultiLayerNetwork net, DataSet data) {
        if (net.getListeners().isEmpty()) {
            net.setScore(net.score(data));
            return;
        }
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
        for (TrainingListener listener : net.getListeners()) {
            listener.onGradientCalculation(net);
        }
        net.clear();
    }
}
