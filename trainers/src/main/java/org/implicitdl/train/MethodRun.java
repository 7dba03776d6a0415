package org.implicitdl.train;

import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;

/** One run of a {@link TrainingMethod} on one network; it belongs to one thread. */
interface MethodRun {

    /**
     * One iteration. Afterwards the network has the new weights and its score; its listeners have been told of the forward
     * pass, the backward pass and the gradient, but not yet of the iteration.
     *
     * @param batch what the iteration sees; all samples if the method merges batches
     * @param progress how much of the planned passes is done, from 0 to 1
     */
    void iterate(DataSet batch, double progress);

    /** Whether there is nothing more to do after a number of passes over all samples. */
    boolean isFinished(int passes);

    /** Writes all that further iterations depend on, beside the method, the data and the network's parameters. */
    void save(StateWriter writer);

    /** Goes on from where another run of the same method stood. */
    void restore(StateReader reader);
}
