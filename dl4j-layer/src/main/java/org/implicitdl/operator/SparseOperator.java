package org.implicitdl.operator;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix of which the nonzeros alone are stored, such as a pruned one (§6). A product takes time proportional to the
 * nonzeros, and sums in double precision.
 */
public final class SparseOperator implements LinearOperator {
    private final SparseMatrix matrix;
    private final DataType type;

    private SparseOperator(SparseMatrix matrix, DataType type) {
        this.matrix = matrix;
        this.type = type;
    }

    /**
     * The operator of a matrix whose entries are rounded to a type.
     *
     * @throws ShapeException if the matrix has no rows or no columns
     * @throws NonFiniteException if an entry is NaN or infinite in this type
     */
    public static SparseOperator of(SparseMatrix matrix, DataType type) {
        Shapes.requirePositive("rows", matrix.rows());
        Shapes.requirePositive("cols", matrix.cols());
        return new SparseOperator(
                matrix.map(value -> {
                    double rounded = type == DataType.DOUBLE ? value : (float) value;
                    if (!Double.isFinite(rounded)) {
                        throw new NonFiniteException("A sparse operator must hold finite numbers of type " + type
                                + ", but an entry is " + value + "; look at where it was computed.");
                    }
                    return rounded;
                }),
                type);
    }

    /** The nonzeros. */
    public SparseMatrix matrix() {
        return matrix;
    }

    /** The type in which the entries are stored. */
    DataType type() {
        return type;
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int cols() {
        return matrix.cols();
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        int samples = (int) x.size(1);
        // With the samples of each component side by side, the inner loop runs over neighbours.
        double[] in = x.dup('c').data().asDouble();
        double[] out = new double[Math.multiplyExact(rows(), samples)];
        for (int i = 0; i < rows(); i++) {
            for (int k = matrix.start(i); k < matrix.end(i); k++) {
                addScaled(matrix.value(k), in, matrix.column(k) * samples, out, i * samples, samples);
            }
        }
        INDArray product =
                Nd4j.createFromArray(out).reshape('c', rows(), samples).castTo(x.dataType());
        return product.dup('f');
    }

    private static void addScaled(double factor, double[] in, int from, double[] out, int to, int length) {
        for (int s = 0; s < length; s++) {
            out[to + s] += factor * in[from + s];
        }
    }

    /** {@inheritDoc} The nonzeros are copied, since they are ordered by rows. */
    @Override
    public LinearOperator transpose() {
        return new SparseOperator(matrix.transpose(), type);
    }

    @Override
    public LinearOperator abs() {
        return new SparseOperator(matrix.map(Math::abs), type);
    }

    @Override
    public INDArray toDense(DataType type) {
        return matrix.toMatrix().toArray(type);
    }

    /** {@inheritDoc} Whether there is no nonzero. */
    @Override
    public boolean isZero() {
        return matrix.nonzeros() == 0;
    }

    @Override
    public String toString() {
        return "sparse " + Shapes.of(this) + " of " + matrix.nonzeros() + " nonzeros";
    }
}
