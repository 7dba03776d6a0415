package org.implicitdl.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    /** Of each row of blocks those that are not zero, by their column in increasing order. */
    private final List<SortedMap<Integer, LinearOperator>> blocks;

    private BlockOperator(Partition rowBlocks, Partition colBlocks, List<SortedMap<Integer, LinearOperator>> blocks) {
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
        List<Map<Integer, LinearOperator>> rows = new ArrayList<>();
        for (List<? extends LinearOperator> row : blocks) {
            if (row.size() != blocks.get(0).size()) {
                throw new ShapeException(
                        "Every row of blocks must hold " + blocks.get(0).size()
                                + " blocks like the first, but row " + rows.size() + " holds " + row.size()
                                + "; fill it with ZeroOperator.");
            }
            Map<Integer, LinearOperator> all = new HashMap<>();
            for (int j = 0; j < row.size(); j++) {
                all.put(j, row.get(j));
            }
            rows.add(all);
        }
        return of(
                Partition.of(blocks.stream().mapToInt(row -> row.get(0).rows()).toArray()),
                Partition.of(
                        blocks.get(0).stream().mapToInt(LinearOperator::cols).toArray()),
                rows);
    }

    /**
     * The matrix of the blocks that are not zero, of which a large network has few.
     *
     * @param rowBlocks the division of the rows
     * @param colBlocks the division of the columns
     * @param blocks for each row of blocks, the blocks by their column; places that are left out are zero
     * @throws ShapeException if there is not one map for each row, or if a block does not fit
     */
    public static BlockOperator of(
            Partition rowBlocks, Partition colBlocks, List<? extends Map<Integer, ? extends LinearOperator>> blocks) {
        if (blocks.size() != rowBlocks.count()) {
            throw new ShapeException("There must be one map of blocks for each of the " + rowBlocks.count()
                    + " rows of blocks, but there are " + blocks.size() + ".");
        }
        List<SortedMap<Integer, LinearOperator>> rows = new ArrayList<>();
        for (int i = 0; i < rowBlocks.count(); i++) {
            SortedMap<Integer, LinearOperator> row = new TreeMap<>();
            for (Map.Entry<Integer, ? extends LinearOperator> entry :
                    blocks.get(i).entrySet()) {
                requireFit(rowBlocks, i, colBlocks, entry.getKey(), entry.getValue());
                if (!entry.getValue().isZero()) {
                    row.put(entry.getKey(), entry.getValue());
                }
            }
            rows.add(row);
        }
        return new BlockOperator(rowBlocks, colBlocks, List.copyOf(rows));
    }

    private static void requireFit(Partition rows, int i, Partition cols, int j, LinearOperator block) {
        if (j < 0 || j >= cols.count()) {
            throw new ShapeException(
                    "Row " + i + " holds a block in column " + j + ", but there are " + cols.count() + " columns.");
        }
        if (block.rows() != rows.size(i) || block.cols() != cols.size(j)) {
            throw new ShapeException("Block (" + i + ", " + j + ") must be [" + rows.size(i) + ", " + cols.size(j)
                    + "] to fit its row and column, but is " + Shapes.of(block) + ".");
        }
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
        LinearOperator block = blocks.get(i).get(j);
        return block != null ? block : new ZeroOperator(rowBlocks.size(i), colBlocks.size(j));
    }

    /** The blocks of row i that are not zero, by their column in increasing order; cannot be changed. */
    public SortedMap<Integer, LinearOperator> row(int i) {
        return Collections.unmodifiableSortedMap(blocks.get(i));
    }

    /**
     * One row of blocks applied to a vector that is given by blocks: ∑ⱼ Mᵢⱼxⱼ over the blocks that are not zero.
     *
     * @param parts the blocks xⱼ [cols of block j, m]; those that only meet zero blocks may be null
     * @return a new array, or empty if all blocks of the row are zero
     */
    public Optional<INDArray> rowTimes(int i, List<INDArray> parts) {
        INDArray sum = null;
        for (Map.Entry<Integer, LinearOperator> entry : blocks.get(i).entrySet()) {
            INDArray part = parts.get(entry.getKey());
            if (sum == null) {
                sum = entry.getValue().times(part);
            } else {
                entry.getValue().addTimes(part, sum);
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
        return OperatorAlgebra.timesByAdding(this, x);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        List<INDArray> parts = colBlocks.split(x);
        for (int i = 0; i < rowBlocks.count(); i++) {
            INDArray part = rowBlocks.part(y, i);
            blocks.get(i).forEach((j, block) -> block.addTimes(parts.get(j), part));
        }
    }

    @Override
    public LinearOperator transpose() {
        List<SortedMap<Integer, LinearOperator>> columns = new ArrayList<>();
        for (int j = 0; j < colBlocks.count(); j++) {
            columns.add(new TreeMap<>());
        }
        for (int i = 0; i < rowBlocks.count(); i++) {
            int row = i;
            blocks.get(i).forEach((j, block) -> columns.get(j).put(row, block.transpose()));
        }
        return new BlockOperator(colBlocks, rowBlocks, List.copyOf(columns));
    }

    @Override
    public LinearOperator abs() {
        List<SortedMap<Integer, LinearOperator>> rows = new ArrayList<>();
        for (SortedMap<Integer, LinearOperator> row : blocks) {
            SortedMap<Integer, LinearOperator> all = new TreeMap<>();
            row.forEach((j, block) -> all.put(j, block.abs()));
            rows.add(all);
        }
        return new BlockOperator(rowBlocks, colBlocks, List.copyOf(rows));
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows(), cols()}, 'f');
        for (int i = 0; i < rowBlocks.count(); i++) {
            int row = i;
            blocks.get(i)
                    .forEach((j, block) -> dense.get(
                                    NDArrayIndex.interval(rowBlocks.start(row), rowBlocks.end(row)),
                                    NDArrayIndex.interval(colBlocks.start(j), colBlocks.end(j)))
                            .assign(block.toDense(type)));
        }
        return dense;
    }

    @Override
    public DataType dataType() {
        return entries().map(LinearOperator::dataType).reduce(DataType.FLOAT, OperatorAlgebra::wider);
    }

    @Override
    public long parameterCount() {
        return entries().mapToLong(LinearOperator::parameterCount).sum();
    }

    private Stream<LinearOperator> entries() {
        return blocks.stream().flatMap(row -> row.values().stream());
    }

    @Override
    public boolean isZero() {
        return blocks.stream().allMatch(Map::isEmpty);
    }

    @Override
    public String toString() {
        return "block " + Shapes.of(this) + " of " + rowBlocks + " x " + colBlocks;
    }
}
