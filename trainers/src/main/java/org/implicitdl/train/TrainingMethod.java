package org.implicitdl.train;

import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.state.NamedSettings;
import org.nd4j.linalg.dataset.DataSet;

/** What kind of network is trained, and what one iteration does. A further method is a record here and a line in the builder. */
sealed interface TrainingMethod permits FullBatchMethod, ImplicitMethod, MinibatchMethod {

    /** Whether an iteration sees all samples: the batches of an iterator are then merged before the training. */
    boolean mergesBatches();

    /** All settings, by which a checkpoint knows that it is resumed with the same ones. */
    NamedSettings settings();

    /**
     * Why a training that is resumed with another number of sweeps would not come to what it would have come to with that
     * number from its begin; empty if it would.
     *
     * @param passes how many are done, sweeps and steps of a polish
     * @param planned how many sweeps were planned
     */
    default Optional<String> whySweepsMatter(int passes, int planned) {
        return passes > planned ? Optional.of("its polish has begun") : Optional.empty();
    }

    /**
     * A run on a network, which starts from the network's weights.
     *
     * @param first the first batch, or all samples if batches are merged; checked here, before anything changes
     * @param sweeps how many passes over all samples are planned
     * @throws UnsupportedNetworkException naming the layer, if the network holds what this method cannot train
     */
    MethodRun start(MultiLayerNetwork net, DataSet first, int sweeps);
}
