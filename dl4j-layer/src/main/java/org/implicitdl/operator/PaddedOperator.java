package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix M among rows and columns of zeros: it reads consecutive components of a state and writes consecutive components
 * of another. Parts of states are taken, and states are put together, by such.
 */
public final class PaddedOperator implements LinearOperator {
    private final LinearOperator core;
    private final int top;
    private final int left;
    private final int rows;
    private final int cols;

    private PaddedOperator(LinearOperator core, int top, int left, int rows, int cols) {
        this.core = core;
        this.top = top;
        this.left = left;
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * A matrix in the upper left corner of zeros; the matrix itself if there is nothing to pad.
     *
     * @throws ShapeException if the matrix is larger than the result
     */
    public static LinearOperator of(LinearOperator core, int rows, int cols) {
        return at(core, 0, 0, rows, cols);
    }

    /**
     * A matrix among zeros; the matrix itself if there is nothing to pad.
     *
     * @param top the number of rows of zeros before it
     * @param left the number of columns of zeros before it
     * @param rows the number of all rows
     * @param cols the number of all columns
     * @throws ShapeException if the matrix lies outside of the result
     */
    public static LinearOperator at(LinearOperator core, int top, int left, int rows, int cols) {
        if (top < 0 || left < 0 || top + core.rows() > rows || left + core.cols() > cols) {
            throw new ShapeException("A " + core + " cannot be put at (" + top + ", " + left + ") of a matrix [" + rows
                    + ", " + cols + "]: it lies outside.");
        }
        if (core.rows() == rows && core.cols() == cols) {
            return core;
        }
        return core instanceof PaddedOperator inner
                ? new PaddedOperator(inner.core, top + inner.top, left + inner.left, rows, cols)
                : new PaddedOperator(core, top, left, rows, cols);
    }

    /** The number of columns of zeros before the core. */
    public int left() {
        return left;
    }

    /** The number of rows of zeros before the core. */
    public int top() {
        return top;
    }

    /** The matrix M. */
    public LinearOperator core() {
        return core;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public INDArray times(INDArray x) {
        return OperatorAlgebra.timesByAdding(this, x);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        addTimesOfFirst(x, y);
    }

    /**
     * Adds the product as {@link #addTimes}, where X may be given without its last rows that only meet zeros.
     *
     * @param x [k, m] with k between the last column of the core and {@link #cols()}
     * @param y [rows, m], the caller's own
     */
    public void addTimesOfFirst(INDArray x, INDArray y) {
        core.addTimes(part(x, left, core.cols()), part(y, top, core.rows()));
    }

    private static INDArray part(INDArray x, int from, int size) {
        if (size == x.size(0)) {
            return x;
        }
        return Nd4j.create(x.data(), new long[] {size, x.size(1)}, x.stride(), x.offset() + from * x.stride(0), 'f');
    }

    @Override
    public LinearOperator transpose() {
        return new PaddedOperator(core.transpose(), left, top, cols, rows);
    }

    @Override
    public LinearOperator abs() {
        return new PaddedOperator(core.abs(), top, left, rows, cols);
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows, cols}, 'f');
        dense.get(NDArrayIndex.interval(top, top + core.rows()), NDArrayIndex.interval(left, left + core.cols()))
                .assign(core.toDense(type));
        return dense;
    }

    @Override
    public boolean isZero() {
        return core.isZero();
    }

    @Override
    public DataType dataType() {
        return core.dataType();
    }

    @Override
    public long parameterCount() {
        return core.parameterCount();
    }

    @Override
    public String toString() {
        return core + " at (" + top + ", " + left + ") of " + Shapes.of(this);
    }
}
