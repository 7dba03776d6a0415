package org.implicitdl.train.minibatch;

import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the outputs of an implicit model come from its states; samples are rows. */
interface Readout {

    /**
     * ŷ [m, q] of a batch.
     *
     * @param design [X U 1]
     * @param x X [m, n]
     */
    INDArray outputs(INDArray design, INDArray x);

    /**
     * What a residual w of the outputs pulls with at the states, Cᵀw.
     *
     * @return [m, n] in 'c' order, which the caller may change
     */
    INDArray pull(INDArray residual);

    /** The step in the readout's own weights on the last batch. */
    void step(INDArray residual, double length, int steps);

    /** [C D]ᵀ. */
    INDArray weights();

    void save(StateWriter writer);

    void restore(StateReader reader);
}
