package org.implicitdl.operator;

import org.implicitdl.kernel.Panel;
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
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        Panel from = Panel.of(x);
        Panel into = Panel.into(y);
        for (int s = 0; s < from.samples(); s++) {
            into.numbers().add(into.start(s), 1, from.numbers(), from.start(s), rows);
        }
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
