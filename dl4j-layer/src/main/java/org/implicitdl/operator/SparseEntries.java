package org.implicitdl.operator;

import java.util.Arrays;

/** The entries of a {@link SparseMatrix} being collected, in any order. Those of one place are added up. */
public final class SparseEntries {
    private final int rows;
    private final int cols;
    private int[] row = new int[16];
    private int[] column = new int[16];
    private double[] value = new double[16];
    private int count;

    SparseEntries(int rows, int cols) {
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * Adds to the entry in row i and column j.
     *
     * @return this list
     * @throws ShapeException if there is no such place
     */
    public SparseEntries add(int i, int j, double v) {
        if (i < 0 || i >= rows || j < 0 || j >= cols) {
            throw new ShapeException(
                    "A matrix [" + rows + ", " + cols + "] has no entry (" + i + ", " + j + "); count from 0.");
        }
        if (v == 0) {
            return this;
        }
        if (count == value.length) {
            int capacity = Math.max(count + 1, (int) Math.min(Integer.MAX_VALUE - 8, 2L * count));
            row = Arrays.copyOf(row, capacity);
            column = Arrays.copyOf(column, capacity);
            value = Arrays.copyOf(value, capacity);
        }
        row[count] = i;
        column[count] = j;
        value[count++] = v;
        return this;
    }

    /** The number of entries so far, those of one place counted once each. */
    public int size() {
        return count;
    }

    /** The matrix of the entries. */
    public SparseMatrix toMatrix() {
        // Two counting sorts, by column and then by row, take linear time and leave each row in order.
        int[] byColumn = sorted(null, column, cols);
        int[] order = sorted(byColumn, row, rows);
        int[] starts = new int[rows + 1];
        int[] columns = new int[count];
        double[] values = new double[count];
        int size = 0;
        for (int t = 0; t < count; ) {
            int i = row[order[t]];
            int j = column[order[t]];
            double sum = 0;
            for (; t < count && row[order[t]] == i && column[order[t]] == j; t++) {
                sum += value[order[t]];
            }
            if (sum != 0) {
                columns[size] = j;
                values[size++] = sum;
                starts[i + 1] = size;
            }
        }
        for (int i = 1; i <= rows; i++) {
            starts[i] = Math.max(starts[i], starts[i - 1]);
        }
        return new SparseMatrix(cols, starts, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    /** A stable order by increasing key, which starts from another order. */
    private int[] sorted(int[] from, int[] key, int keys) {
        int[] next = new int[keys + 1];
        for (int t = 0; t < count; t++) {
            next[key[t] + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] order = new int[count];
        for (int t = 0; t < count; t++) {
            int entry = from == null ? t : from[t];
            order[next[key[entry]]++] = entry;
        }
        return order;
    }
}
