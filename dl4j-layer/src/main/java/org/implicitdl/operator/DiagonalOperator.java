package org.implicitdl.operator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A diagonal matrix diag(a), stored as a. */
public final class DiagonalOperator implements LinearOperator {
    private final INDArray diagonal;

    private DiagonalOperator(INDArray diagonal) {
        this.diagonal = diagonal;
    }

    /**
     * The matrix diag(a).
     *
     * @param diagonal a vector: of rank 1, a row or a column; copied
     * @throws ShapeException if it is no vector
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static DiagonalOperator copyOf(INDArray diagonal) {
        if (!diagonal.isVectorOrScalar()) {
            throw new ShapeException("A diagonal is a vector, but an array of shape "
                    + Arrays.toString(diagonal.shape()) + " was given.");
        }
        NonFiniteException.check("diagonal", diagonal);
        return new DiagonalOperator(diagonal.dup().reshape(diagonal.length(), 1));
    }

    /** The stored diagonal [n, 1]; for reading only, within this package. */
    INDArray diagonal() {
        return diagonal;
    }

    @Override
    public int rows() {
        return (int) diagonal.length();
    }

    @Override
    public int cols() {
        return rows();
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        return x.dup('f').muliColumnVector(diagonal.castTo(x.dataType()));
    }

    @Override
    public LinearOperator transpose() {
        return this;
    }

    @Override
    public LinearOperator abs() {
        return new DiagonalOperator(Transforms.abs(diagonal, true));
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows(), rows()}, 'f');
        // The diagonal of the array as a view; a product with the identity would leave zeros of both signs.
        Nd4j.create(dense.data(), new long[] {rows(), 1}, new long[] {rows() + 1, 1}, 0, 'f')
                .assign(diagonal);
        return dense;
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public String toString() {
        return "diagonal " + Shapes.of(this);
    }
}
