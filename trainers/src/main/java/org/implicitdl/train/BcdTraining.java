package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.nd4j.linalg.dataset.DataSet;

/** One training of one network, driven iteration by iteration; it belongs to one thread. */
public final class BcdTraining {
    private final MultiLayerNetwork net;
    private final TrainableNetwork trainable;
    private final DataSet data;
    private final TrainingSet set;
    private final BlockCoordinateDescent.Run descent;
    private final int sweeps;
    private final LevenbergMarquardt polish;
    private final int polishSteps;
    private LevenbergMarquardt.Run polishing;
    private int polished;

    BcdTraining(
            BlockCoordinateDescent method,
            int sweeps,
            LevenbergMarquardt polish,
            int polishSteps,
            MultiLayerNetwork net,
            DataSet data) {
        this.net = net;
        this.trainable = new TrainableNetwork(net);
        this.data = data;
        this.set = TrainingData.trainingSet(trainable.model(), data);
        this.descent = method.start(trainable.model(), set);
        this.sweeps = sweeps;
        this.polish = polish;
        this.polishSteps = polishSteps;
        if (polishSteps > 0) {
            polish.requireSize(trainable.model());
        }
    }

    /** Whether all sweeps and all steps of the polish are done, or nothing more is gained. */
    public boolean isFinished() {
        return descent.sweeps() >= sweeps && (polished >= polishSteps || polishing != null && polishing.isFinished());
    }

    /**
     * One sweep, or once the sweeps are done one step of the polish. The network then has the new weights, its score and
     * its iteration count; its listeners have been told.
     *
     * @throws IllegalStateException if the training is finished
     */
    public void iterate() {
        if (isFinished()) {
            throw new IllegalStateException("The training is finished; start another one.");
        }
        trainable.assign(descent.sweeps() < sweeps ? descent.sweep() : polishStep());
        int iteration = net.getIterationCount();
        updateScore();
        for (TrainingListener listener : net.getListeners()) {
            listener.iterationDone(net, iteration, net.getEpochCount());
        }
        BaseOptimizer.incrementIterationCount(net, 1);
    }

    private FeedforwardModel polishStep() {
        if (polishing == null) {
            polishing = polish.start(descent.model(), set);
        }
        polishing.step();
        polished++;
        return polishing.model();
    }

    /**
     * The score as DL4J computes it. A listener may ask the network for its gradient, as the one of the training UI does:
     * for networks with listeners it is computed once an iteration, for them to look at.
     */
    private void updateScore() {
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
