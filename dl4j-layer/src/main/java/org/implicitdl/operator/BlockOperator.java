package org.implicitdl.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix of blocks (Mᵢⱼ), such as the A of a feedforward network in §2.2 or of the cascade (2.3). A block that is
 * zero by structure costs neither memory nor time.
 */
public final class BlockOperator implements LinearOperator {
    private final Partition rowBlocks;
    private final Partition colBlocks;
    private final List<List<LinearOperator>> blocks;

    private BlockOperator(Partition rowBlocks, Partition colBlocks, List<List<LinearOperator>> blocks) {
        this.rowBlocks = rowBlocks;
        this.colBlocks = colBlocks;
        this.blocks = blocks;
    }

    /**
     * The matrix of the given blocks.
     *
     * @param blocks the rows of blocks; write {@link ZeroOperator} for an empty place
     * @throws ShapeException if there is no block, if the rows differ in length, or if a block does not fit
     */
    public static BlockOperator of(List<? extends List<? extends LinearOperator>> blocks) {
        if (blocks.isEmpty() || blocks.get(0).isEmpty()) {
            throw new ShapeException("A block operator needs at least one block, but none was given.");
        }
        List<List<LinearOperator>> copy = new ArrayList<>();
        for (List<? extends LinearOperator> row : blocks) {
            if (row.size() != blocks.get(0).size()) {
                throw new ShapeException(
                        "Every row of blocks must hold " + blocks.get(0).size()
                                + " blocks like the first, but row " + copy.size() + " holds " + row.size()
                                + "; fill it with ZeroOperator.");
            }
            copy.add(List.copyOf(row));
        }
        Partition rowBlocks =
                Partition.of(copy.stream().mapToInt(row -> row.get(0).rows()).toArray());
        Partition colBlocks =
                Partition.of(copy.get(0).stream().mapToInt(LinearOperator::cols).toArray());
        for (int i = 0; i < rowBlocks.count(); i++) {
            for (int j = 0; j < colBlocks.count(); j++) {
                LinearOperator block = copy.get(i).get(j);
                if (block.rows() != rowBlocks.size(i) || block.cols() != colBlocks.size(j)) {
                    throw new ShapeException("Block (" + i + ", " + j + ") must be [" + rowBlocks.size(i) + ", "
                            + colBlocks.size(j) + "] to fit its row and column, but is " + Shapes.of(block) + ".");
                }
            }
        }
        return new BlockOperator(rowBlocks, colBlocks, List.copyOf(copy));
    }

    /** How the rows are divided into blocks. */
    public Partition rowBlocks() {
        return rowBlocks;
    }

    /** How the columns are divided into blocks. */
    public Partition colBlocks() {
        return colBlocks;
    }

    /** The block in row i and column j, counted from 0. */
    public LinearOperator block(int i, int j) {
        return blocks.get(i).get(j);
    }

    /**
     * One row of blocks applied to a vector that is given by blocks: ∑ⱼ Mᵢⱼxⱼ over the blocks that are not zero.
     *
     * @param parts the blocks xⱼ [cols of block j, m]; those that only meet zero blocks may be null
     * @return a new array, or empty if all blocks of the row are zero
     */
    public Optional<INDArray> rowTimes(int i, List<INDArray> parts) {
        INDArray sum = null;
        for (int j = 0; j < colBlocks.count(); j++) {
            if (!block(i, j).isZero()) {
                INDArray term = block(i, j).times(parts.get(j));
                sum = sum == null ? term : sum.addi(term);
            }
        }
        return Optional.ofNullable(sum);
    }

    @Override
    public int rows() {
        return rowBlocks.total();
    }

    @Override
    public int cols() {
        return colBlocks.total();
    }

    @Override
    public INDArray times(INDArray x) {
        Shapes.requireOperand(this, x);
        List<INDArray> parts = colBlocks.split(x);
        INDArray result = Nd4j.create(x.dataType(), new long[] {rows(), x.size(1)}, 'f');
        for (int i = 0; i < rowBlocks.count(); i++) {
            int row = i;
            rowTimes(i, parts).ifPresent(sum -> rowBlocks.part(result, row).assign(sum));
        }
        return result;
    }

    @Override
    public LinearOperator transpose() {
        return new BlockOperator(
                colBlocks,
                rowBlocks,
                map(colBlocks.count(), rowBlocks.count(), (i, j) -> block(j, i).transpose()));
    }

    @Override
    public LinearOperator abs() {
        return new BlockOperator(
                rowBlocks,
                colBlocks,
                map(rowBlocks.count(), colBlocks.count(), (i, j) -> block(i, j).abs()));
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows(), cols()}, 'f');
        for (int i = 0; i < rowBlocks.count(); i++) {
            for (int j = 0; j < colBlocks.count(); j++) {
                if (!block(i, j).isZero()) {
                    dense.get(
                                    NDArrayIndex.interval(rowBlocks.start(i), rowBlocks.end(i)),
                                    NDArrayIndex.interval(colBlocks.start(j), colBlocks.end(j)))
                            .assign(block(i, j).toDense(type));
                }
            }
        }
        return dense;
    }

    @Override
    public boolean isZero() {
        return blocks.stream().allMatch(row -> row.stream().allMatch(LinearOperator::isZero));
    }

    @Override
    public String toString() {
        return "block " + Shapes.of(this) + " of " + rowBlocks + " x " + colBlocks;
    }

    private interface Entry {
        LinearOperator at(int i, int j);
    }

    private static List<List<LinearOperator>> map(int rows, int cols, Entry entry) {
        return IntStream.range(0, rows)
                .mapToObj(i ->
                        IntStream.range(0, cols).mapToObj(j -> entry.at(i, j)).toList())
                .toList();
    }
}
