package org.implicitdl.train;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The step of back-propagation that {@code net.fit} takes on a batch, in some of the layers only. */
final class GradientStep {
    private final MultiLayerNetwork net;
    private final List<Integer> layers;

    /** @throws IllegalArgumentException if none of the layers has parameters */
    GradientStep(MultiLayerNetwork net, IntPredicate layers) {
        this.net = net;
        this.layers = IntStream.range(0, net.getnLayers())
                .filter(layers)
                .filter(l -> net.getLayer(l).numParams() > 0)
                .boxed()
                .toList();
        if (this.layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "There are no other layers with parameters that could be trained in turn;"
                            + " leave out otherLayers(TRAINED).");
        }
    }

    /** One step, after which the network has the score of the weights before it; its listeners are told of the gradient. */
    void take(DataSet batch) {
        NetworkScore.differentiate(net, batch);
        Updater updater = net.getUpdater();
        updater.update(
                net,
                net.gradient(),
                net.getIterationCount(),
                net.getEpochCount(),
                batch.numExamples(),
                LayerWorkspaceMgr.noWorkspaces());
        INDArray params = flat(net.params());
        INDArray step = flat(net.getFlattenedGradients());
        long from = 0;
        for (int l = 0; l < net.getnLayers(); l++) {
            long to = from + net.getLayer(l).numParams();
            if (layers.contains(l)) {
                params.get(NDArrayIndex.interval(from, to)).subi(step.get(NDArrayIndex.interval(from, to)));
                net.getLayer(l).applyConstraints(net.getIterationCount(), net.getEpochCount());
            }
            from = to;
        }
    }

    private static INDArray flat(INDArray array) {
        return array.reshape(array.length());
    }

    /** Writes what the updaters keep. */
    void save(StateWriter writer) {
        INDArray state = state();
        writer.count(state == null ? 0 : 1);
        if (state != null) {
            writer.array(state);
        }
    }

    void restore(StateReader reader) {
        if (reader.count() == 1) {
            reader.into(state());
        }
    }

    private INDArray state() {
        return ((MultiLayerUpdater) net.getUpdater()).getStateViewArray();
    }
}
