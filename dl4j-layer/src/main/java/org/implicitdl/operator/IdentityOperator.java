package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The identity matrix of a given size, stored as nothing. */
public record IdentityOperator(int rows) implements LinearOperator {

    public IdentityOperator {
        Shapes.requirePositive("rows", rows);
    }

    @Override
    public int cols() {
        return rows;
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        return x.dup('f');
    }

    @Override
    public LinearOperator transpose() {
        return this;
    }

    @Override
    public LinearOperator abs() {
        return this;
    }

    @Override
    public INDArray toDense(DataType type) {
        return Nd4j.eye(rows).castTo(type).dup('f');
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public String toString() {
        return "identity " + Shapes.of(this);
    }
}
