package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A network that can be trained on one batch after the other. */
sealed interface BatchwiseNetwork permits TrainableImplicitNetwork, TrainableInnerLayer, TrainableNetwork {

    /** A network as a minibatch descent trains it. */
    static BatchwiseNetwork of(MultiLayerNetwork net) {
        if (!ImplicitPart.isIn(net)) {
            return new TrainableNetwork(net);
        }
        return TrainableImplicitNetwork.isEnd(new ImplicitPart(net))
                ? new TrainableImplicitNetwork(net)
                : new TrainableInnerLayer(net);
    }

    /** A run from the network's own weights. */
    MinibatchRun start(MinibatchDescent method, DataType type);

    /**
     * What the trained part meets of a batch, of which every feature and label is looked at.
     *
     * @throws org.implicitdl.operator.ShapeException if the features or labels have another width, or are not there
     * @throws org.implicitdl.operator.NonFiniteException if a feature or label is NaN or infinite
     * @throws IllegalArgumentException if there are masks, or labels that the loss does not take
     */
    INDArray features(DataSet batch);

    /** Writes the weights of a run to the network's parameters, in place. */
    void assign(MinibatchRun run);

    /** Whether what a step of the run returns is what the network's loss meets, before its activation. */
    boolean putsOutWhatTheLossMeets();

    /** Whether the run trains layer l. */
    boolean trains(int l);
}
