package org.implicitdl.operator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A division of the indices 0 … total−1 into consecutive blocks. */
public final class Partition {
    private final int[] starts;

    private Partition(int[] starts) {
        this.starts = starts;
    }

    /**
     * Consecutive blocks of the given sizes.
     *
     * @throws ShapeException if there is none, or if one is not positive
     */
    public static Partition of(int... sizes) {
        if (sizes.length == 0) {
            throw new ShapeException("A partition needs at least one block, but no size was given.");
        }
        int[] starts = new int[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            Shapes.requirePositive("size of block " + i, sizes[i]);
            starts[i + 1] = starts[i] + sizes[i];
        }
        return new Partition(starts);
    }

    /** The number of blocks. */
    public int count() {
        return starts.length - 1;
    }

    /** The sum of the sizes. */
    public int total() {
        return starts[count()];
    }

    /** The first index of block i. */
    public int start(int i) {
        return starts[i];
    }

    /** One past the last index of block i. */
    public int end(int i) {
        return starts[i + 1];
    }

    /** The size of block i. */
    public int size(int i) {
        return starts[i + 1] - starts[i];
    }

    /**
     * The block that holds an index.
     *
     * @throws ShapeException if no block does
     */
    public int blockOf(int index) {
        if (index < 0 || index >= total()) {
            throw new ShapeException(
                    "The blocks " + this + " hold the indices 0 to " + (total() - 1) + ", but not " + index + ".");
        }
        int place = Arrays.binarySearch(starts, index);
        return place >= 0 ? place : -place - 2;
    }

    /** The rows of block i of an array [total, m], as a view. */
    public INDArray part(INDArray x, int i) {
        if (count() == 1) {
            return x;
        }
        // ND4J's own get(interval, all) returns an empty array for some intervals of an array that is itself a view.
        long[] shape = {size(i), x.size(1)};
        return Nd4j.create(x.data(), shape, x.stride(), x.offset() + start(i) * x.stride(0), x.ordering());
    }

    /** The rows of every block of an array [total, m], as views. */
    public List<INDArray> split(INDArray x) {
        return IntStream.range(0, count()).mapToObj(i -> part(x, i)).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition that && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return IntStream.range(0, count()).mapToObj(this::size).toList().toString();
    }
}
