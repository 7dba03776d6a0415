package org.implicitdl.train.minibatch;

import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The blocks of weights that a {@link MinibatchRun} descends on in turn. */
interface Blocks {

    /**
     * One step in the states of a batch and in every block of weights.
     *
     * @param features [m, p]
     * @param labels [m, q]
     * @param length t
     * @param steps how many were made before
     * @return the output Z [m, q] of the weights before the step, before the link of the loss; overwritten by the next step
     * @throws org.implicitdl.operator.NonFiniteException if the weights no longer are finite
     */
    INDArray step(INDArray features, INDArray labels, double length, int steps);

    /** The weights Θ of a block. */
    INDArray weights(int block);

    void save(StateWriter writer);

    void restore(StateReader reader);
}
