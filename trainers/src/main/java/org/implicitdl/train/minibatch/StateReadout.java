package org.implicitdl.train.minibatch;

import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ŷ = x, without weights. */
final class StateReadout implements Readout {

    @Override
    public INDArray outputs(INDArray design, INDArray x) {
        return x;
    }

    @Override
    public INDArray pull(INDArray residual) {
        return residual;
    }

    @Override
    public void step(INDArray residual, double length, int steps) {}

    /** @throws UnsupportedOperationException always */
    @Override
    public INDArray weights() {
        throw new UnsupportedOperationException("States that are put out themselves have no readout.");
    }

    @Override
    public void save(StateWriter writer) {}

    @Override
    public void restore(StateReader reader) {}
}
