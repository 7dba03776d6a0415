package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The zero matrix of a given size, stored as nothing. */
public record ZeroOperator(int rows, int cols) implements LinearOperator {

    public ZeroOperator {
        Shapes.requirePositive("rows", rows);
        Shapes.requirePositive("cols", cols);
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        return Nd4j.create(x.dataType(), new long[] {rows, x.size(1)}, 'f');
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
    }

    @Override
    public LinearOperator transpose() {
        return new ZeroOperator(cols, rows);
    }

    @Override
    public LinearOperator abs() {
        return this;
    }

    @Override
    public INDArray toDense(DataType type) {
        return Nd4j.create(type, new long[] {rows, cols}, 'f');
    }

    @Override
    public boolean isZero() {
        return true;
    }

    @Override
    public String toString() {
        return "zero " + Shapes.of(this);
    }
}
