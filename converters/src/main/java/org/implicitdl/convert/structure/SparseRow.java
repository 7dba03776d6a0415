package org.implicitdl.convert.structure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.implicitdl.operator.SparseMatrix;

/** A linear combination of states, inputs and the constant: nonzero coefficients by increasing column. Immutable. */
public final class SparseRow {
    /** Nothing at all: zero. */
    public static final SparseRow ZERO = new SparseRow(new int[0], new double[0]);

    private final int[] columns;
    private final double[] values;

    private SparseRow(int[] columns, double[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** The single term {@code value} times the given column. */
    public static SparseRow of(int column, double value) {
        return value == 0 ? ZERO : new SparseRow(new int[] {column}, new double[] {value});
    }

    /** The terms of a map from columns to coefficients. */
    public static SparseRow of(SortedMap<Integer, Double> terms) {
        List<Map.Entry<Integer, Double>> nonzeros =
                terms.entrySet().stream().filter(term -> term.getValue() != 0).toList();
        return new SparseRow(
                nonzeros.stream().mapToInt(Map.Entry::getKey).toArray(),
                nonzeros.stream().mapToDouble(Map.Entry::getValue).toArray());
    }

    /** Row i of a matrix. */
    public static SparseRow of(SparseMatrix matrix, int i) {
        int size = matrix.end(i) - matrix.start(i);
        int[] columns = new int[size];
        double[] values = new double[size];
        for (int k = 0; k < size; k++) {
            columns[k] = matrix.column(matrix.start(i) + k);
            values[k] = matrix.value(matrix.start(i) + k);
        }
        return new SparseRow(columns, values);
    }

    /** The number of terms. */
    public int size() {
        return columns.length;
    }

    /** The column of term k. */
    public int column(int k) {
        return columns[k];
    }

    /** The coefficient of term k. */
    public double value(int k) {
        return values[k];
    }

    /** The coefficient of a column, which may be zero. */
    public double get(int column) {
        int k = Arrays.binarySearch(columns, column);
        return k < 0 ? 0 : values[k];
    }

    /** The row times a number. */
    public SparseRow times(double factor) {
        return factor == 0 ? ZERO : ZERO.plus(factor, this);
    }

    /** The sum of this row and a multiple of another. */
    public SparseRow plus(double factor, SparseRow other) {
        int[] sumColumns = new int[size() + other.size()];
        double[] sums = new double[sumColumns.length];
        int size = 0;
        int mine = 0;
        int its = 0;
        while (mine < size() || its < other.size()) {
            int column = Math.min(
                    mine < size() ? columns[mine] : Integer.MAX_VALUE,
                    its < other.size() ? other.columns[its] : Integer.MAX_VALUE);
            double sum = 0;
            if (mine < size() && columns[mine] == column) {
                sum += values[mine++];
            }
            if (its < other.size() && other.columns[its] == column) {
                sum += factor * other.values[its++];
            }
            if (sum != 0) {
                sumColumns[size] = column;
                sums[size++] = sum;
            }
        }
        return new SparseRow(Arrays.copyOf(sumColumns, size), Arrays.copyOf(sums, size));
    }

    /** The row with another row in the place of one column. */
    public SparseRow replace(int column, SparseRow by) {
        double factor = get(column);
        return factor == 0 ? this : without(column).plus(factor, by);
    }

    /** The row without the term of a column. */
    public SparseRow without(int column) {
        int k = Arrays.binarySearch(columns, column);
        if (k < 0) {
            return this;
        }
        int[] otherColumns = new int[size() - 1];
        double[] otherValues = new double[size() - 1];
        System.arraycopy(columns, 0, otherColumns, 0, k);
        System.arraycopy(values, 0, otherValues, 0, k);
        System.arraycopy(columns, k + 1, otherColumns, k, size() - 1 - k);
        System.arraycopy(values, k + 1, otherValues, k, size() - 1 - k);
        return new SparseRow(otherColumns, otherValues);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseRow that
                && Arrays.equals(columns, that.columns)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(columns) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values) + " at " + Arrays.toString(columns);
    }
}
