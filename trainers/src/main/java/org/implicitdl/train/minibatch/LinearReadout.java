package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ŷ = Cx + Du + d, or ŷ = Cx + d. */
final class LinearReadout implements Readout {
    private final WeightBlock block;
    private final int states;
    private INDArray design;

    /** @param d D with the weights of the constant input in its last column, which may be the only one */
    LinearReadout(MinibatchDescent method, Matrix c, Matrix d, DataType type) {
        this.block = new WeightBlock(method, Matrix.beside(c, d), type);
        this.states = c.cols();
    }

    @Override
    public INDArray outputs(INDArray inputs, INDArray x) {
        design = block.theta().rows() == inputs.columns() ? inputs : withOnes(x);
        return block.times(design);
    }

    /** [X 1], where the output does not meet the input. */
    private INDArray withOnes(INDArray x) {
        INDArray ones = block.designWithOnes(x.size(0));
        Blas.copy(x, WeightBlock.columns(ones, 0, states));
        return ones;
    }

    @Override
    public INDArray pull(INDArray residual) {
        INDArray pull = Nd4j.createUninitialized(residual.dataType(), new long[] {residual.size(0), states}, 'c');
        Blas.multiply(residual, false, block.rows(0, states), true, 0, pull, false);
        return pull;
    }

    @Override
    public void step(INDArray residual, double length, int steps) {
        block.step(design, residual, length, steps);
        design = null;
    }

    @Override
    public INDArray weights() {
        return block.theta();
    }

    @Override
    public void save(StateWriter writer) {
        block.save(writer);
    }

    @Override
    public void restore(StateReader reader) {
        block.restore(reader);
    }
}
