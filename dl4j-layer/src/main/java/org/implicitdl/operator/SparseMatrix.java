package org.implicitdl.operator;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The nonzero entries of a matrix, row by row and in each row by increasing column, in plain Java arrays: for work on
 * single entries, such as finding out which states depend on which. An entry that is zero is never stored.
 *
 * <p>Entry k, for {@code start(i) ≤ k < end(i)}, lies in row i and column {@code column(k)}. Immutable.
 */
public final class SparseMatrix {
    /** Below this share of nonzeros, leaving out the zeros is about as fast as BLAS with them, or faster. */
    public static final double SPARSE = 0.1;

    /** An operator of more nonzeros than these is not taken apart. */
    public static final int MOST_NONZEROS = 1 << 26;

    private final int cols;
    private final int[] starts;
    private final int[] columns;
    private final double[] values;

    SparseMatrix(int cols, int[] starts, int[] columns, double[] values) {
        this.cols = cols;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /**
     * The nonzeros of an operator of any kind.
     *
     * @throws TooLargeException if that would take more than {@link #MOST_NONZEROS} nonzeros, or a look at more than 2³⁰ entries
     */
    public static SparseMatrix of(LinearOperator operator) {
        return new NonzeroSearch(operator).run();
    }

    /** An empty list of entries for a matrix of this size. */
    public static SparseEntries entries(int rows, int cols) {
        return new SparseEntries(rows, cols);
    }

    /** The number of rows. */
    public int rows() {
        return starts.length - 1;
    }

    /** The number of columns. */
    public int cols() {
        return cols;
    }

    /** The number of entries that are not zero. */
    public int nonzeros() {
        return values.length;
    }

    /** The share of entries that are not zero. */
    public double density() {
        return nonzeros() / ((double) rows() * cols);
    }

    /** The number of the first entry of row i. */
    public int start(int i) {
        return starts[i];
    }

    /** One past the number of the last entry of row i. */
    public int end(int i) {
        return starts[i + 1];
    }

    /** The column of entry k. */
    public int column(int k) {
        return columns[k];
    }

    /** The value of entry k. */
    public double value(int k) {
        return values[k];
    }

    /** The value in row i and column j, which may be zero. */
    public double get(int i, int j) {
        int k = Arrays.binarySearch(columns, starts[i], starts[i + 1], j);
        return k < 0 ? 0 : values[k];
    }

    /** The transposed matrix, as a copy. */
    public SparseMatrix transpose() {
        int[] ends = new int[cols + 1];
        for (int column : columns) {
            ends[column + 1]++;
        }
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] next = ends.clone();
        int[] newColumns = new int[nonzeros()];
        double[] newValues = new double[nonzeros()];
        for (int i = 0; i < rows(); i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                int place = next[columns[k]]++;
                newColumns[place] = i;
                newValues[place] = values[k];
            }
        }
        return new SparseMatrix(rows(), ends, newColumns, newValues);
    }

    /**
     * The product of this matrix and another, in time proportional to the multiplications of nonzeros.
     *
     * @throws ShapeException if the other does not have as many rows as this one has columns
     */
    public SparseMatrix times(SparseMatrix right) {
        if (cols != right.rows()) {
            throw new ShapeException("The product of " + this + " and " + right
                    + " does not exist: the first must have as many columns as the second has rows.");
        }
        SparseEntries product = new SparseEntries(rows(), right.cols);
        double[] sums = new double[right.cols];
        int[] lastRow = new int[right.cols];
        int[] touched = new int[right.cols];
        Arrays.fill(lastRow, -1);
        for (int i = 0; i < rows(); i++) {
            int count = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                for (int l = right.starts[columns[k]]; l < right.starts[columns[k] + 1]; l++) {
                    int j = right.columns[l];
                    if (lastRow[j] != i) {
                        lastRow[j] = i;
                        sums[j] = 0;
                        touched[count++] = j;
                    }
                    sums[j] += values[k] * right.values[l];
                }
            }
            for (int t = 0; t < count; t++) {
                product.add(i, touched[t], sums[touched[t]]);
            }
        }
        return product.toMatrix();
    }

    /** The rows with the given numbers, in the given order. */
    public SparseMatrix rows(int... numbers) {
        SparseEntries chosen = new SparseEntries(numbers.length, cols);
        for (int i = 0; i < numbers.length; i++) {
            for (int k = starts[numbers[i]]; k < starts[numbers[i] + 1]; k++) {
                chosen.add(i, columns[k], values[k]);
            }
        }
        return chosen.toMatrix();
    }

    /** The submatrix of the rows from {@code top} to before {@code bottom}, and the columns alike. */
    public SparseMatrix slice(int top, int bottom, int left, int right) {
        SparseEntries inside = new SparseEntries(bottom - top, right - left);
        for (int i = top; i < bottom; i++) {
            for (int k = firstFrom(i, left); k < starts[i + 1] && columns[k] < right; k++) {
                inside.add(i - top, columns[k] - left, values[k]);
            }
        }
        return inside.toMatrix();
    }

    private int firstFrom(int row, int column) {
        int k = Arrays.binarySearch(columns, starts[row], starts[row + 1], column);
        return k < 0 ? -k - 1 : k;
    }

    /** The matrix with a function, which maps 0 to 0, applied to every entry. */
    public SparseMatrix map(DoubleUnaryOperator function) {
        SparseEntries mapped = new SparseEntries(rows(), cols);
        for (int i = 0; i < rows(); i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                mapped.add(i, columns[k], function.applyAsDouble(values[k]));
            }
        }
        return mapped.toMatrix();
    }

    /** The same matrix with all its entries, of which there must be fewer than 2³¹. */
    public Matrix toMatrix() {
        Matrix matrix = Matrix.zeros(rows(), cols);
        for (int i = 0; i < rows(); i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                matrix.set(i, columns[k], values[k]);
            }
        }
        return matrix;
    }

    /**
     * The same matrix in the form that takes the least time to multiply with: zero, identity, diagonal, sparse if fewer
     * than a tenth of its entries are nonzero, or dense.
     *
     * @param type in which the entries are stored
     */
    public LinearOperator toOperator(DataType type) {
        if (nonzeros() == 0) {
            return new ZeroOperator(rows(), cols);
        }
        if (isFullDiagonal()) {
            return Arrays.stream(values).allMatch(value -> value == 1)
                    ? new IdentityOperator(rows())
                    : DiagonalOperator.copyOf(new Matrix(rows(), 1, values).toArray(type));
        }
        return density() < SPARSE
                ? SparseOperator.of(this, type)
                : DenseOperator.copyOf(toMatrix().toArray(type));
    }

    private boolean isFullDiagonal() {
        if (rows() != cols || nonzeros() != cols) {
            return false;
        }
        for (int i = 0; i < cols; i++) {
            if (starts[i] != i || columns[i] != i) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseMatrix that
                && cols == that.cols
                && Arrays.equals(starts, that.starts)
                && Arrays.equals(columns, that.columns)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cols + Arrays.hashCode(columns)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "sparse matrix [" + rows() + ", " + cols + "] of " + nonzeros() + " nonzeros";
    }
}
