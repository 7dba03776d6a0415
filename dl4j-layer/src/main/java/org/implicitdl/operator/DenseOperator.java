package org.implicitdl.operator;

import java.util.Arrays;
import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A matrix that is stored entry by entry. */
public final class DenseOperator implements LinearOperator {
    private final INDArray matrix;

    private DenseOperator(INDArray matrix) {
        this.matrix = matrix;
    }

    /**
     * An operator over a copy of the matrix.
     *
     * @throws ShapeException if the array is not of rank 2
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static DenseOperator copyOf(INDArray matrix) {
        Shapes.requireMatrix("matrix of a dense operator", matrix);
        NonFiniteException.check("matrix of a dense operator", matrix);
        return new DenseOperator(matrix.dup('f'));
    }

    /**
     * An operator over the array itself, which is neither copied nor searched for NaN: for weights that change between
     * uses, such as the parameters of a layer. The array must not change while the operator, its transpose or anything
     * made of them is in use, and must outlive them (mind workspaces).
     *
     * @throws ShapeException if the array is not of rank 2
     */
    public static DenseOperator viewOf(INDArray matrix) {
        Shapes.requireMatrix("matrix of a dense operator", matrix);
        return new DenseOperator(matrix);
    }

    /** The stored entries [rows, cols], in any order, not a copy; not to be changed. */
    public INDArray matrix() {
        return matrix;
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int cols() {
        return matrix.columns();
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        INDArray typed = matrix.castTo(x.dataType());
        if (x.size(1) != 1) {
            // Left to itself, ND4J may choose 'c' order for the result, as it does for a transposed matrix.
            return typed.mmul(x, Nd4j.createUninitialized(x.dataType(), new long[] {rows(), x.size(1)}, 'f'));
        }
        // For one sample, ND4J's matrix-vector product takes a third of the time of its matrix product.
        return typed.mmul(x.reshape(cols())).reshape('f', rows(), 1);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        INDArray typed = matrix.castTo(x.dataType());
        // A transposed matrix is stored by rows.
        boolean transposed = typed.stride(0) != 1 && typed.stride(1) == 1;
        INDArray stored = transposed || typed.stride(0) == 1 ? typed : typed.dup('f');
        Panel a = Panel.of(transposed ? stored.transpose() : stored);
        Panel from = Panel.of(x);
        Panel into = Panel.into(y);
        into.numbers()
                .addColumns(
                        rows(),
                        from.samples(),
                        cols(),
                        a.numbers(),
                        (int) a.stride(),
                        transposed,
                        from.numbers(),
                        (int) from.stride(),
                        (int) into.stride());
    }

    @Override
    public LinearOperator transpose() {
        return new DenseOperator(matrix.transpose());
    }

    @Override
    public LinearOperator abs() {
        return new DenseOperator(Transforms.abs(matrix, true));
    }

    @Override
    public INDArray toDense(DataType type) {
        return matrix.dataType() == type ? matrix.dup('f') : matrix.castTo(type).dup('f');
    }

    @Override
    public double[] absoluteRowSums() {
        return Lines.of(matrix).absoluteRowSums();
    }

    /**
     * The product |M|x in one pass over the matrix, and in double precision.
     *
     * @throws ShapeException if x does not have as many entries as the matrix has columns
     */
    public double[] absoluteTimes(double[] x) {
        if (x.length != cols()) {
            throw new ShapeException(
                    "The product of " + this + " takes " + cols() + " numbers, but got " + x.length + ".");
        }
        return Lines.of(matrix).absoluteTimes(x);
    }

    @Override
    public double norm1() {
        return Arrays.stream(Lines.of(matrix).absoluteColumnSums()).max().orElse(0);
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public DataType dataType() {
        return matrix.dataType();
    }

    @Override
    public long parameterCount() {
        return matrix.length();
    }

    @Override
    public String toString() {
        return "dense " + Shapes.of(this);
    }
}
