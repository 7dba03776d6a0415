package org.implicitdl.operator;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some rows and columns of a matrix that cannot be cut without losing its structure, such as a convolution: its product
 * takes the time of the whole matrix, and its storage is that of the whole, which its parts share.
 */
public final class SubmatrixOperator implements LinearOperator {
    private final LinearOperator whole;
    private final int[] rows;
    private final int[] cols;

    private SubmatrixOperator(LinearOperator whole, int[] rows, int[] cols) {
        this.whole = whole;
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * The rows and columns with the given numbers; of a convolution, the channels among which none is chosen are left
     * out first. The matrix itself if all are chosen.
     *
     * @param rows their numbers, at least one, in increasing order
     * @param cols their numbers, at least one, in increasing order
     * @throws ShapeException if there is no such row or column, or they are not in increasing order
     */
    public static LinearOperator of(LinearOperator whole, int[] rows, int[] cols) {
        requireIncreasing("rows", rows, whole.rows());
        requireIncreasing("columns", cols, whole.cols());
        if (rows.length == whole.rows() && cols.length == whole.cols()) {
            return whole;
        }
        if (whole instanceof ConvolutionOperator convolution) {
            ChannelChoice choice = new ChannelChoice(convolution, rows, cols);
            if (choice.isNarrower()) {
                return of(choice.convolution(), choice.rows(), choice.cols());
            }
        }
        if (whole instanceof PaddedOperator padded) {
            return of(padded, rows, cols);
        }
        return whole instanceof SubmatrixOperator inner
                ? of(
                        inner.whole,
                        IntStream.of(rows).map(i -> inner.rows[i]).toArray(),
                        IntStream.of(cols).map(j -> inner.cols[j]).toArray())
                : new SubmatrixOperator(whole, rows.clone(), cols.clone());
    }

    private static LinearOperator of(PaddedOperator padded, int[] rows, int[] cols) {
        int[] inside = within(rows, padded.top(), padded.core().rows());
        int[] across = within(cols, padded.left(), padded.core().cols());
        return inside.length == 0 || across.length == 0
                ? new ZeroOperator(rows.length, cols.length)
                : PaddedOperator.at(
                        of(padded.core(), inside, across),
                        below(rows, padded.top()),
                        below(cols, padded.left()),
                        rows.length,
                        cols.length);
    }

    /** The matrix of which this is a part. */
    public LinearOperator whole() {
        return whole;
    }

    /** The numbers of the rows that are chosen, increasing; a copy. */
    public int[] chosenRows() {
        return rows.clone();
    }

    /** The numbers of the columns that are chosen, increasing; a copy. */
    public int[] chosenCols() {
        return cols.clone();
    }

    /** The numbers from a start on, counted from there. */
    private static int[] within(int[] numbers, int start, int size) {
        return IntStream.of(numbers)
                .map(k -> k - start)
                .filter(k -> k >= 0 && k < size)
                .toArray();
    }

    private static int below(int[] numbers, int start) {
        return (int) IntStream.of(numbers).filter(k -> k < start).count();
    }

    private static void requireIncreasing(String what, int[] numbers, int size) {
        boolean isIncreasing = IntStream.range(1, numbers.length).allMatch(k -> numbers[k - 1] < numbers[k]);
        if (numbers.length == 0 || !isIncreasing || numbers[0] < 0 || numbers[numbers.length - 1] >= size) {
            throw new ShapeException("The " + what + " of a part of a matrix must be at least one of 0 to " + (size - 1)
                    + " and in increasing order, but are " + Arrays.toString(numbers) + ".");
        }
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public int cols() {
        return cols.length;
    }

    @Override
    public INDArray times(INDArray x) {
        return OperatorAlgebra.timesByAdding(this, x);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        INDArray product = whole.times(cols.length == whole.cols() ? x : spread(x));
        Panel from = Panel.of(product);
        Panel into = Panel.into(y);
        for (int s = 0; s < into.samples(); s++) {
            for (int k = 0, count; k < rows.length; k += count) {
                count = run(rows, k);
                into.numbers().add(into.start(s) + k, 1, from.numbers(), from.start(s) + rows[k], count);
            }
        }
    }

    /** X with rows of zeros for the columns of the whole that were not chosen. */
    private INDArray spread(INDArray x) {
        INDArray all = Nd4j.create(x.dataType(), new long[] {whole.cols(), x.size(1)}, 'f');
        Panel from = Panel.of(x);
        Numbers into = Numbers.of(all);
        for (int s = 0; s < from.samples(); s++) {
            for (int k = 0, count; k < cols.length; k += count) {
                count = run(cols, k);
                into.copy((long) s * whole.cols() + cols[k], from.numbers(), from.start(s) + k, count);
            }
        }
        return all;
    }

    /** How many numbers from place k on follow each other. */
    private static int run(int[] numbers, int k) {
        int end = k + 1;
        while (end < numbers.length && numbers[end] == numbers[end - 1] + 1) {
            end++;
        }
        return end - k;
    }

    @Override
    public LinearOperator transpose() {
        return new SubmatrixOperator(whole.transpose(), cols, rows);
    }

    @Override
    public LinearOperator abs() {
        return new SubmatrixOperator(whole.abs(), rows, cols);
    }

    @Override
    public INDArray toDense(DataType type) {
        return OperatorAlgebra.denseByTimes(this, type);
    }

    /** The nonzeros, by those of the whole. */
    SparseMatrix entries() {
        SparseMatrix all = SparseMatrix.of(whole).rows(rows);
        if (cols.length == whole.cols()) {
            return all;
        }
        int[] place = new int[whole.cols()];
        Arrays.fill(place, -1);
        for (int k = 0; k < cols.length; k++) {
            place[cols[k]] = k;
        }
        SparseEntries chosen = SparseMatrix.entries(rows(), cols());
        for (int i = 0; i < rows(); i++) {
            for (int k = all.start(i); k < all.end(i); k++) {
                if (place[all.column(k)] >= 0) {
                    chosen.add(i, place[all.column(k)], all.value(k));
                }
            }
        }
        return chosen.toMatrix();
    }

    /** {@inheritDoc} False, since that would have to be searched for. */
    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public DataType dataType() {
        return whole.dataType();
    }

    @Override
    public long parameterCount() {
        return whole.parameterCount();
    }

    @Override
    public String toString() {
        return rows.length + " rows and " + cols.length + " columns of a " + whole;
    }
}
