package org.implicitdl.operator;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A sparse matrix S, repeated along tensors: I ⊗ S ⊗ I. A sample [outer, cols of S, inner] in 'c' order becomes
 * [outer, rows of S, inner]: y[a, i, b] = ∑ⱼ Sᵢⱼ x[a, j, b]. Selections, permutations, padding, cropping, upsampling and
 * average pooling are such maps, and cost their indices once for all channels.
 */
public final class SparseOperator implements LinearOperator {
    private final int outer;
    private final int inner;
    private final int height;
    private final int width;
    /** The entries of row i are those from starts[i] to before starts[i + 1], in increasing columns. */
    private final int[] starts;

    private final int[] columns;
    private final double[] values;

    private SparseOperator(int outer, int inner, int height, int width, int[] starts, int[] columns, double[] values) {
        this.outer = outer;
        this.inner = inner;
        this.height = height;
        this.width = width;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /**
     * The matrix with the given entries; entries at the same place are added.
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
        Shapes.requirePositive("rows", rows);
        Shapes.requirePositive("cols", cols);
        if (row.length != col.length || row.length != value.length) {
            throw new ShapeException("A sparse matrix takes as many rows as columns and entries, but there are "
                    + row.length + ", " + col.length + " and " + value.length + ".");
        }
        for (int e = 0; e < row.length; e++) {
            if (row[e] < 0 || row[e] >= rows || col[e] < 0 || col[e] >= cols) {
                throw new ShapeException("Entry " + e + " of a sparse [" + rows + ", " + cols + "] matrix lies at ("
                        + row[e] + ", " + col[e] + "), outside of it.");
            }
            if (!Double.isFinite(value[e])) {
                throw new NonFiniteException(
                        "The entries of a sparse matrix must be finite, but entry " + e + " is " + value[e] + ".");
            }
        }
        return build(1, 1, rows, cols, row, col, value);
    }

    /**
     * The map that picks entries: yᵢ = x[source[i]], or 0 where the source is −1.
     *
     * @param cols the size of x
     * @throws ShapeException if a source is outside
     */
    public static SparseOperator select(int cols, int... source) {
        int[] rows =
                IntStream.range(0, source.length).filter(i -> source[i] >= 0).toArray();
        int[] cells = IntStream.of(rows).map(i -> source[i]).toArray();
        return of(
                source.length,
                cols,
                rows,
                cells,
                DoubleStream.generate(() -> 1).limit(rows.length).toArray());
    }

    private static SparseOperator build(
            int outer, int inner, int rows, int cols, int[] row, int[] col, double[] value) {
        Integer[] order = IntStream.range(0, row.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, (a, b) -> row[a] != row[b] ? Integer.compare(row[a], row[b]) : Integer.compare(col[a], col[b]));
        int[] starts = new int[rows + 1];
        int[] columns = new int[row.length];
        double[] values = new double[row.length];
        int count = 0;
        int last = -1;
        for (int e : order) {
            if (last == row[e] && columns[count - 1] == col[e]) {
                values[count - 1] += value[e];
                continue;
            }
            last = row[e];
            columns[count] = col[e];
            values[count++] = value[e];
            starts[last + 1] = count;
        }
        for (int i = 0; i < rows; i++) {
            starts[i + 1] = Math.max(starts[i], starts[i + 1]);
        }
        return new SparseOperator(
                outer, inner, rows, cols, starts, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    }

    /** The same S, repeated for each of {@code outer} slices of a tensor and each of {@code inner} numbers of an entry. */
    public SparseOperator repeated(int outer, int inner) {
        Shapes.requirePositive("outer size", outer);
        Shapes.requirePositive("inner size", inner);
        return new SparseOperator(this.outer * outer, this.inner * inner, height, width, starts, columns, values);
    }

    @Override
    public int rows() {
        return outer * height * inner;
    }

    @Override
    public int cols() {
        return outer * width * inner;
    }

    @Override
    public INDArray times(INDArray x) {
        INDArray y = Nd4j.create(x.dataType(), new long[] {rows(), Shapes.requireOperand(this, x)}, 'f');
        addTimes(x, y);
        return y;
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        Panel from = Panel.of(x);
        Panel into = Panel.into(y);
        for (int s = 0; s < from.samples(); s++) {
            for (int a = 0; a < outer; a++) {
                addSlice(
                        from.numbers(),
                        from.start(s) + (long) a * width * inner,
                        into.numbers(),
                        into.start(s) + (long) a * height * inner);
            }
        }
    }

    private void addSlice(Numbers x, long from, Numbers y, long to) {
        for (int i = 0; i < height; i++) {
            if (inner > 1) {
                for (int e = starts[i]; e < starts[i + 1]; e++) {
                    y.add(to + (long) i * inner, values[e], x, from + (long) columns[e] * inner, inner);
                }
            } else if (starts[i] < starts[i + 1]) {
                double sum = y.get(to + i);
                for (int e = starts[i]; e < starts[i + 1]; e++) {
                    sum += values[e] * x.get(from + columns[e]);
                }
                y.set(to + i, sum);
            }
        }
    }

    @Override
    public LinearOperator transpose() {
        int[] row = new int[columns.length];
        for (int i = 0; i < height; i++) {
            Arrays.fill(row, starts[i], starts[i + 1], i);
        }
        return build(outer, inner, width, height, columns, row, values);
    }

    @Override
    public LinearOperator abs() {
        return new SparseOperator(
                outer,
                inner,
                height,
                width,
                starts,
                columns,
                Arrays.stream(values).map(Math::abs).toArray());
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows(), cols()}, 'f');
        for (int a = 0; a < outer; a++) {
            for (int i = 0; i < height; i++) {
                for (int e = starts[i]; e < starts[i + 1]; e++) {
                    for (int b = 0; b < inner; b++) {
                        dense.putScalar((a * height + i) * inner + b, (a * width + columns[e]) * inner + b, values[e]);
                    }
                }
            }
        }
        return dense;
    }

    /** {@inheritDoc} A matrix without entries. */
    @Override
    public boolean isZero() {
        return columns.length == 0;
    }

    @Override
    public long parameterCount() {
        return Arrays.stream(values).filter(value -> value != 1).count();
    }

    @Override
    public String toString() {
        return "sparse " + Shapes.of(this) + " of " + columns.length + " entries"
                + (outer * inner == 1 ? "" : ", each repeated " + outer * inner + " times");
    }
}
