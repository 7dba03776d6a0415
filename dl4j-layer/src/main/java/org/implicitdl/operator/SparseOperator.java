package org.implicitdl.operator;

import java.util.stream.IntStream;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix S of which the nonzeros alone are stored, such as a pruned one (§6), repeated along tensors: I ⊗ S ⊗ I. A
 * sample [outer, cols of S, inner] in 'c' order becomes [outer, rows of S, inner]: y[a, i, b] = ∑ⱼ Sᵢⱼ x[a, j, b].
 * Selections, permutations, padding, cropping, upsampling and average pooling are such maps, and cost their indices once
 * for all channels.
 */
public final class SparseOperator implements LinearOperator {
    private final int outer;
    private final int inner;
    private final SparseMatrix matrix;
    /** Null if the entries are constants of no type, such as 1/9 of an average, which take that of what they meet. */
    private final DataType type;

    private SparseOperator(int outer, int inner, SparseMatrix matrix, DataType type) {
        this.outer = outer;
        this.inner = inner;
        this.matrix = matrix;
        this.type = type;
    }

    /**
     * The operator of a matrix of weights, which are rounded to a type.
     *
     * @throws ShapeException if the matrix has no rows or no columns
     * @throws NonFiniteException if an entry is NaN or infinite in this type
     */
    public static SparseOperator of(SparseMatrix matrix, DataType type) {
        requireSize(matrix.rows(), matrix.cols());
        return new SparseOperator(
                1,
                1,
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

    /**
     * The matrix with the given entries, constants that are exact in any type of samples; entries at the same place are
     * added.
     *
     * @param rows the number of rows of S
     * @param cols the number of columns of S
     * @param row the row of each entry
     * @param col the column of each entry
     * @param value each entry
     * @throws ShapeException if a size is not positive, the arrays differ in length, or a place is outside
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static SparseOperator of(int rows, int cols, int[] row, int[] col, double[] value) {
        requireSize(rows, cols);
        if (row.length != col.length || row.length != value.length) {
            throw new ShapeException("A sparse matrix takes as many rows as columns and entries, but there are "
                    + row.length + ", " + col.length + " and " + value.length + ".");
        }
        SparseEntries entries = SparseMatrix.entries(rows, cols);
        for (int e = 0; e < row.length; e++) {
            if (!Double.isFinite(value[e])) {
                throw new NonFiniteException(
                        "The entries of a sparse matrix must be finite, but entry " + e + " is " + value[e] + ".");
            }
            entries.add(row[e], col[e], value[e]);
        }
        return constants(entries.toMatrix());
    }

    /**
     * The map that picks entries: yᵢ = x[source[i]], or 0 where the source is −1.
     *
     * @param cols the size of x
     * @throws ShapeException if a source is outside
     */
    public static SparseOperator select(int cols, int... source) {
        requireSize(source.length, cols);
        SparseEntries entries = SparseMatrix.entries(source.length, cols);
        IntStream.range(0, source.length).filter(i -> source[i] >= 0).forEach(i -> entries.add(i, source[i], 1));
        return constants(entries.toMatrix());
    }

    /** The operator of a matrix of constants that belong to no type, and are exact in any. */
    public static SparseOperator constants(SparseMatrix matrix) {
        return new SparseOperator(1, 1, matrix, null);
    }

    private static void requireSize(int rows, int cols) {
        Shapes.requirePositive("rows", rows);
        Shapes.requirePositive("cols", cols);
    }

    /** The same S, repeated for each of {@code outer} slices of a tensor and each of {@code inner} numbers of an entry. */
    public SparseOperator repeated(int outer, int inner) {
        Shapes.requirePositive("outer size", outer);
        Shapes.requirePositive("inner size", inner);
        return new SparseOperator(this.outer * outer, this.inner * inner, matrix, type);
    }

    /** The nonzeros of the whole matrix: S itself if it is not repeated, a copy with its repetitions otherwise. */
    public SparseMatrix matrix() {
        if (outer * inner == 1) {
            return matrix;
        }
        SparseEntries entries = SparseMatrix.entries(rows(), cols());
        for (int a = 0; a < outer; a++) {
            for (int i = 0; i < matrix.rows(); i++) {
                for (int e = matrix.start(i); e < matrix.end(i); e++) {
                    for (int b = 0; b < inner; b++) {
                        entries.add(
                                (a * matrix.rows() + i) * inner + b,
                                (a * matrix.cols() + matrix.column(e)) * inner + b,
                                matrix.value(e));
                    }
                }
            }
        }
        return entries.toMatrix();
    }

    /** The number of nonzeros of the whole matrix. */
    long nonzeros() {
        return (long) outer * inner * matrix.nonzeros();
    }

    /** The matrix S that is repeated. */
    public SparseMatrix pattern() {
        return matrix;
    }

    /** For how many slices of a tensor S is repeated. */
    public int outer() {
        return outer;
    }

    /** For how many numbers of an entry S is repeated. */
    public int inner() {
        return inner;
    }

    /** Whether the entries are constants that belong to no type. */
    public boolean isConstant() {
        return type == null;
    }

    @Override
    public int rows() {
        return outer * matrix.rows() * inner;
    }

    @Override
    public int cols() {
        return outer * matrix.cols() * inner;
    }

    @Override
    public INDArray times(INDArray x) {
        return OperatorAlgebra.timesByAdding(this, x);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        Panel from = Panel.of(x);
        Panel into = Panel.into(y);
        if (outer * inner == 1 && from.samples() >= Lanes.LEAST) {
            Lanes.addTimes(matrix.rows(), this::visit, from, into);
            return;
        }
        for (int s = 0; s < from.samples(); s++) {
            for (int a = 0; a < outer; a++) {
                addSlice(
                        from.numbers(),
                        from.start(s) + (long) a * matrix.cols() * inner,
                        into.numbers(),
                        into.start(s) + (long) a * matrix.rows() * inner);
            }
        }
    }

    private void visit(int row, Lanes sums) {
        for (int e = matrix.start(row); e < matrix.end(row); e++) {
            sums.add(matrix.column(e), matrix.value(e));
        }
    }

    private void addSlice(Numbers x, long from, Numbers y, long to) {
        for (int i = 0; i < matrix.rows(); i++) {
            int start = matrix.start(i);
            int end = matrix.end(i);
            if (inner > 1) {
                for (int e = start; e < end; e++) {
                    y.add(to + (long) i * inner, matrix.value(e), x, from + (long) matrix.column(e) * inner, inner);
                }
            } else if (start < end) {
                double sum = y.get(to + i);
                for (int e = start; e < end; e++) {
                    sum += matrix.value(e) * x.get(from + matrix.column(e));
                }
                y.set(to + i, sum);
            }
        }
    }

    /** {@inheritDoc} The nonzeros are copied, since they are ordered by rows. */
    @Override
    public LinearOperator transpose() {
        return new SparseOperator(outer, inner, matrix.transpose(), type);
    }

    @Override
    public LinearOperator abs() {
        return new SparseOperator(outer, inner, matrix.map(Math::abs), type);
    }

    @Override
    public INDArray toDense(DataType type) {
        return matrix().toMatrix().toArray(type);
    }

    /** {@inheritDoc} Whether there is no nonzero. */
    @Override
    public boolean isZero() {
        return matrix.nonzeros() == 0;
    }

    @Override
    public DataType dataType() {
        return isConstant() ? DataType.FLOAT : type;
    }

    /** {@inheritDoc} Constants are none. */
    @Override
    public long parameterCount() {
        return isConstant() ? 0 : matrix.nonzeros();
    }

    @Override
    public String toString() {
        return "sparse " + Shapes.of(this) + " of " + matrix.nonzeros() + " nonzeros"
                + (outer * inner == 1 ? "" : ", each repeated " + outer * inner + " times");
    }
}
