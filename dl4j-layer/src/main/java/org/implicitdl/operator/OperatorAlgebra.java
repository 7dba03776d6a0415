package org.implicitdl.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products and sums of matrices, as the compositions of §2.3 need them. Structure is kept: zeros stay zeros, an
 * identity costs nothing, blocks meet blocks; only dense blocks are multiplied and added entry by entry.
 */
public final class OperatorAlgebra {
    private OperatorAlgebra() {}

    /** MX for operators whose own way to multiply is {@link LinearOperator#addTimes}: what that adds to zeros. */
    static INDArray timesByAdding(LinearOperator m, INDArray x) {
        INDArray y = Nd4j.create(x.dataType(), new long[] {m.rows(), Shapes.requireOperand(m, x)}, 'f');
        m.addTimes(x, y);
        return y;
    }

    /** M for operators that have no shorter way to it: what it makes of the identity. */
    static INDArray denseByTimes(LinearOperator m, DataType type) {
        return m.times(Nd4j.eye(m.cols()).castTo(type).dup('f'));
    }

    /**
     * The product LR.
     *
     * @throws ShapeException if L does not have as many columns as R has rows
     * @throws NonFiniteException if an entry of the product overflows
     */
    public static LinearOperator product(LinearOperator left, LinearOperator right) {
        if (left.cols() != right.rows()) {
            throw new ShapeException("The product of " + left + " and " + right
                    + " does not exist: the first must have as many columns as the second has rows.");
        }
        if (left.isZero() || right.isZero()) {
            return new ZeroOperator(left.rows(), right.cols());
        }
        if (left instanceof IdentityOperator) {
            return right;
        }
        if (right instanceof IdentityOperator) {
            return left;
        }
        if (left instanceof BlockOperator || right instanceof BlockOperator) {
            return blockProduct(left, right);
        }
        if (left instanceof LowRankOperator one) {
            return LowRankOperator.of(
                    one.left(), product(one.right().transpose(), right).transpose());
        }
        if (right instanceof LowRankOperator other) {
            return LowRankOperator.of(product(left, other.left()), other.right());
        }
        if (isDiagonal(left) && right instanceof SparseOperator
                || left instanceof SparseOperator && isDiagonal(right)
                || left instanceof SparseOperator && right instanceof SparseOperator) {
            SparseMatrix product = SparseMatrix.of(left).times(SparseMatrix.of(right));
            return isConstant(left) && isConstant(right)
                    ? SparseOperator.constants(product)
                    : product.toOperator(typeOf(left, right));
        }
        if (left instanceof DiagonalOperator one && right instanceof DiagonalOperator other) {
            return DiagonalOperator.copyOf(one.times(other.diagonal().castTo(typeOf(one, other))));
        }
        return DenseOperator.copyOf(left.times(right.toDense(typeOf(left, right))));
    }

    /**
     * The sum L + R.
     *
     * @throws ShapeException if the sizes differ
     * @throws NonFiniteException if an entry of the sum overflows
     */
    public static LinearOperator sum(LinearOperator left, LinearOperator right) {
        if (left.rows() != right.rows() || left.cols() != right.cols()) {
            throw new ShapeException("The sum of " + left + " and " + right + " does not exist: the sizes must agree.");
        }
        if (left.isZero()) {
            return right;
        }
        if (right.isZero()) {
            return left;
        }
        if (left instanceof BlockOperator || right instanceof BlockOperator) {
            return blockSum(left, right);
        }
        DataType type = typeOf(left, right);
        if (isDiagonal(left) && isDiagonal(right)) {
            return DiagonalOperator.copyOf(diagonalOf(left, type).addi(diagonalOf(right, type)));
        }
        return DenseOperator.copyOf(left.toDense(type).addi(right.toDense(type)));
    }

    /** Blocks may have blocks themselves: the recursion ends at what is no block operator. */
    private static LinearOperator blockProduct(LinearOperator left, LinearOperator right) {
        Partition inner = OperatorBlocks.refine(OperatorBlocks.colsOf(left), OperatorBlocks.rowsOf(right));
        BlockOperator one = OperatorBlocks.divide(left, OperatorBlocks.rowsOf(left), inner);
        BlockOperator other = OperatorBlocks.divide(right, inner, OperatorBlocks.colsOf(right));
        List<Map<Integer, LinearOperator>> rows = new ArrayList<>();
        for (int i = 0; i < one.rowBlocks().count(); i++) {
            Map<Integer, LinearOperator> row = new TreeMap<>();
            one.row(i)
                    .forEach((k, block) -> other.row(k)
                            .forEach((j, next) -> row.merge(j, product(block, next), OperatorAlgebra::sum)));
            rows.add(row);
        }
        return OperatorBlocks.simplest(BlockOperator.of(one.rowBlocks(), other.colBlocks(), rows));
    }

    private static LinearOperator blockSum(LinearOperator left, LinearOperator right) {
        Partition rows = OperatorBlocks.refine(OperatorBlocks.rowsOf(left), OperatorBlocks.rowsOf(right));
        Partition cols = OperatorBlocks.refine(OperatorBlocks.colsOf(left), OperatorBlocks.colsOf(right));
        BlockOperator one = OperatorBlocks.divide(left, rows, cols);
        BlockOperator other = OperatorBlocks.divide(right, rows, cols);
        List<Map<Integer, LinearOperator>> sums = new ArrayList<>();
        for (int i = 0; i < rows.count(); i++) {
            Map<Integer, LinearOperator> row = new TreeMap<>(one.row(i));
            other.row(i).forEach((j, block) -> row.merge(j, block, OperatorAlgebra::sum));
            sums.add(row);
        }
        return BlockOperator.of(rows, cols, sums);
    }

    private static boolean isDiagonal(LinearOperator operator) {
        return operator instanceof DiagonalOperator || operator instanceof IdentityOperator;
    }

    private static boolean isConstant(LinearOperator operator) {
        return operator instanceof IdentityOperator || operator instanceof SparseOperator s && s.isConstant();
    }

    private static INDArray diagonalOf(LinearOperator operator, DataType type) {
        return operator.times(Nd4j.ones(type, operator.cols(), 1));
    }

    /** The widest type in which an entry of the matrix is stored; FLOAT if it is made of zeros and ones alone. */
    public static DataType typeOf(LinearOperator operator) {
        return operator.dataType();
    }

    private static DataType typeOf(LinearOperator left, LinearOperator right) {
        return wider(left.dataType(), right.dataType());
    }

    static DataType wider(DataType one, DataType other) {
        return one.width() >= other.width() ? one : other;
    }
}
