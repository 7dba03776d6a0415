package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A product LRᵀ of two thin matrices (§6.3), which is never multiplied out: a product takes k(rows + cols) operations a
 * sample, where k is the number of columns of L and R.
 */
public final class LowRankOperator implements LinearOperator {
    /** So many columns of LRᵀ at a time are computed where its single entries are asked for. */
    private static final int SLAB = 1 << 20;

    private final LinearOperator left;
    private final LinearOperator right;

    private LowRankOperator(LinearOperator left, LinearOperator right) {
        this.left = left;
        this.right = right;
    }

    /**
     * The operator LRᵀ.
     *
     * @param left L [rows, k]
     * @param right R [cols, k]
     * @throws ShapeException if L and R differ in their number of columns
     */
    public static LowRankOperator of(LinearOperator left, LinearOperator right) {
        if (left.cols() != right.cols()) {
            throw new ShapeException(
                    "The factors of LRᵀ must have equally many columns, but L is " + left + " and R is " + right + ".");
        }
        return new LowRankOperator(left, right);
    }

    /** The factor L [rows, k]. */
    public LinearOperator left() {
        return left;
    }

    /** The factor R [cols, k]. */
    public LinearOperator right() {
        return right;
    }

    /** The number k of columns of L and R, which the rank of LRᵀ does not exceed. */
    public int rank() {
        return left.cols();
    }

    @Override
    public int rows() {
        return left.rows();
    }

    @Override
    public int cols() {
        return right.rows();
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        return left.times(right.transpose().times(x));
    }

    @Override
    public LinearOperator transpose() {
        return new LowRankOperator(right, left);
    }

    /** {@inheritDoc} Absolute values of low rank are of full rank in general: a dense matrix of rows × cols doubles. */
    @Override
    public LinearOperator abs() {
        return DenseOperator.copyOf(toDense(DataType.DOUBLE)).abs();
    }

    /** {@inheritDoc} Some columns at a time, so that the matrix is never held. */
    @Override
    public double[] absoluteRowSums() {
        double[] sums = new double[rows()];
        int width = Math.max(1, SLAB / rows());
        for (int from = 0; from < cols(); from += width) {
            int to = Math.min(cols(), from + width);
            LinearOperator part = OperatorBlocks.slice(right, from, to, 0, rank());
            double[] columns = Matrix.copyOf(
                            left.times(part.toDense(DataType.DOUBLE).transpose()))
                    .values();
            for (int k = 0; k < columns.length; k++) {
                sums[k % rows()] += Math.abs(columns[k]);
            }
        }
        return sums;
    }

    @Override
    public INDArray toDense(DataType type) {
        return left.times(right.toDense(type).transpose());
    }

    @Override
    public boolean isZero() {
        return left.isZero() || right.isZero();
    }

    @Override
    public DataType dataType() {
        return OperatorAlgebra.wider(left.dataType(), right.dataType());
    }

    @Override
    public long parameterCount() {
        return left.parameterCount() + right.parameterCount();
    }

    @Override
    public String toString() {
        return "low rank " + Shapes.of(this) + " of rank " + rank();
    }
}
