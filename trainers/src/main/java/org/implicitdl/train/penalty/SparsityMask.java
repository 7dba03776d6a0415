package org.implicitdl.train.penalty;

import java.util.BitSet;
import java.util.zip.CRC32C;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;

/** The constraint that entries outside a given pattern are zero: the strictly upper block triangle of (6), or any other. */
public final class SparsityMask implements Penalty {
    private final int rows;
    private final int cols;
    private final BitSet free;

    private SparsityMask(int rows, int cols, BitSet free) {
        this.rows = rows;
        this.cols = cols;
        this.free = free;
    }

    /** Entries are free where the pattern is not zero. */
    public static SparsityMask of(Matrix pattern) {
        BitSet free = new BitSet(pattern.values().length);
        for (int i = 0; i < pattern.values().length; i++) {
            free.set(i, pattern.values()[i] != 0);
        }
        return new SparsityMask(pattern.rows(), pattern.cols(), free);
    }

    /** A is strictly block upper triangular (6): a state depends on states of later blocks alone. */
    public static SparsityMask strictlyUpper(Partition partition) {
        int n = partition.total();
        BitSet free = new BitSet(n * n);
        for (int j = 0; j < n; j++) {
            free.set(j * n, j * n + partition.start(partition.blockOf(j)));
        }
        return new SparsityMask(n, n, free);
    }

    /**
     * The entries that are free in both.
     *
     * @throws ShapeException if the masks differ in their shapes
     */
    public SparsityMask intersection(SparsityMask other) {
        if (rows != other.rows || cols != other.cols) {
            throw new ShapeException("Two masks of the same matrix must have the same shape, but they are " + this
                    + " and " + other + ".");
        }
        BitSet both = (BitSet) free.clone();
        both.and(other.free);
        return new SparsityMask(rows, cols, both);
    }

    /** The matrix with zeros outside the pattern, as a copy. */
    Matrix masked(Matrix w) {
        requireShape(w);
        Matrix masked = w.copy();
        for (int i = free.nextClearBit(0); i < masked.values().length; i = free.nextClearBit(i + 1)) {
            masked.values()[i] = 0;
        }
        return masked;
    }

    @Override
    public double value(Matrix w) {
        requireShape(w);
        for (int i = free.nextClearBit(0); i < w.values().length; i = free.nextClearBit(i + 1)) {
            if (w.values()[i] != 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ShapeException if W has another shape than the pattern
     */
    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        return masked(w);
    }

    /** Refused: the free entries are not bounded. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    private void requireShape(Matrix w) {
        if (w.rows() != rows || w.cols() != cols) {
            throw new ShapeException(
                    "The mask is for a matrix [" + rows + ", " + cols + "], but was given a " + w + ".");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparsityMask that && rows == that.rows && cols == that.cols && free.equals(that.free);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + cols) + free.hashCode();
    }

    /** Tells masks apart, as checkpoints need it. */
    @Override
    public String toString() {
        CRC32C sum = new CRC32C();
        sum.update(free.toByteArray());
        return "a mask [" + rows + ", " + cols + "] with " + free.cardinality() + " free entries (checksum "
                + Long.toHexString(sum.getValue()) + ")";
    }
}
