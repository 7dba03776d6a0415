package org.implicitdl.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Cuts matrices into blocks and joins blocks to matrices; whatever structure a matrix has, its blocks keep. */
public final class OperatorBlocks {
    private OperatorBlocks() {}

    /**
     * The same matrix as a matrix of blocks.
     *
     * @param rows the division of the rows
     * @param cols the division of the columns
     * @throws ShapeException if a division does not have the size of the matrix
     */
    public static BlockOperator divide(LinearOperator operator, Partition rows, Partition cols) {
        if (rows.total() != operator.rows() || cols.total() != operator.cols()) {
            throw new ShapeException("A " + Shapes.of(operator) + " operator cannot be divided into rows " + rows
                    + " and columns " + cols + ": the sizes must add up.");
        }
        if (operator instanceof BlockOperator block
                && block.rowBlocks().equals(rows)
                && block.colBlocks().equals(cols)) {
            return block;
        }
        return BlockOperator.of(IntStream.range(0, rows.count())
                .mapToObj(i -> IntStream.range(0, cols.count())
                        .mapToObj(j -> slice(operator, rows.start(i), rows.end(i), cols.start(j), cols.end(j)))
                        .toList())
                .toList());
    }

    /**
     * One matrix of blocks from a grid of matrices, each of which is divided itself, so that nothing is nested.
     *
     * @param grid the matrices, row by row
     * @param rows the division of the rows, for each row of the grid
     * @param cols the division of the columns, for each column of the grid
     */
    public static BlockOperator join(
            List<? extends List<? extends LinearOperator>> grid, List<Partition> rows, List<Partition> cols) {
        List<List<LinearOperator>> blocks = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            List<BlockOperator> parts = new ArrayList<>();
            for (int j = 0; j < cols.size(); j++) {
                parts.add(divide(grid.get(i).get(j), rows.get(i), cols.get(j)));
            }
            for (int k = 0; k < rows.get(i).count(); k++) {
                List<LinearOperator> row = new ArrayList<>();
                for (BlockOperator part : parts) {
                    for (int l = 0; l < part.colBlocks().count(); l++) {
                        row.add(part.block(k, l));
                    }
                }
                blocks.add(row);
            }
        }
        return BlockOperator.of(blocks);
    }

    /** The submatrix of the rows from {@code top} to before {@code bottom}, and the columns alike. */
    static LinearOperator slice(LinearOperator operator, int top, int bottom, int left, int right) {
        if (bottom - top == operator.rows() && right - left == operator.cols()) {
            return operator;
        }
        if (operator instanceof DenseOperator dense) {
            return DenseOperator.copyOf(
                    dense.matrix().get(NDArrayIndex.interval(top, bottom), NDArrayIndex.interval(left, right)));
        }
        if (operator instanceof BlockOperator block) {
            return sliceBlocks(block, top, bottom, left, right);
        }
        if (operator instanceof SparseOperator sparse) {
            SparseMatrix part = sparse.matrix().slice(top, bottom, left, right);
            return sparse.isConstant() ? SparseOperator.constants(part) : part.toOperator(sparse.dataType());
        }
        if (operator instanceof LowRankOperator product) {
            return LowRankOperator.of(
                    slice(product.left(), top, bottom, 0, product.rank()),
                    slice(product.right(), left, right, 0, product.rank()));
        }
        if (operator instanceof ConvolutionOperator || operator instanceof SubmatrixOperator) {
            return SubmatrixOperator.of(
                    operator,
                    IntStream.range(top, bottom).toArray(),
                    IntStream.range(left, right).toArray());
        }
        if (operator instanceof PaddedOperator outer) {
            return slicePadded(outer, top, bottom, left, right);
        }
        int from = Math.max(top, left);
        int to = Math.min(bottom, right);
        if (operator.isZero() || from >= to) {
            return new ZeroOperator(bottom - top, right - left);
        }
        // What is left of the kinds of operators is diagonal.
        LinearOperator core = operator instanceof DiagonalOperator diagonal
                ? DiagonalOperator.copyOf(diagonal.diagonal().get(NDArrayIndex.interval(from, to), NDArrayIndex.all()))
                : new IdentityOperator(to - from);
        return padded(core, from - top, bottom - to, from - left, right - to);
    }

    private static LinearOperator slicePadded(PaddedOperator operator, int top, int bottom, int left, int right) {
        LinearOperator core = operator.core();
        int first = Math.max(top, operator.top());
        int last = Math.min(bottom, operator.top() + core.rows());
        int from = Math.max(left, operator.left());
        int to = Math.min(right, operator.left() + core.cols());
        if (first >= last || from >= to) {
            return new ZeroOperator(bottom - top, right - left);
        }
        LinearOperator part = slice(
                core, first - operator.top(), last - operator.top(), from - operator.left(), to - operator.left());
        return PaddedOperator.at(part, first - top, from - left, bottom - top, right - left);
    }

    private static LinearOperator sliceBlocks(BlockOperator operator, int top, int bottom, int left, int right) {
        Partition rows = operator.rowBlocks();
        Partition cols = operator.colBlocks();
        List<List<LinearOperator>> blocks = new ArrayList<>();
        for (int i = rows.blockOf(top); i <= rows.blockOf(bottom - 1); i++) {
            int start = rows.start(i);
            int from = Math.max(top, start) - start;
            int to = Math.min(bottom, rows.end(i)) - start;
            List<LinearOperator> row = new ArrayList<>();
            for (int j = cols.blockOf(left); j <= cols.blockOf(right - 1); j++) {
                int first = cols.start(j);
                row.add(slice(
                        operator.block(i, j),
                        from,
                        to,
                        Math.max(left, first) - first,
                        Math.min(right, cols.end(j)) - first));
            }
            blocks.add(row);
        }
        return simplest(BlockOperator.of(blocks));
    }

    /** The matrix with rows and columns of zeros around it. */
    private static LinearOperator padded(LinearOperator core, int above, int below, int before, int after) {
        int[] heights = positive(above, core.rows(), below);
        int[] widths = positive(before, core.cols(), after);
        int row = above > 0 ? 1 : 0;
        int col = before > 0 ? 1 : 0;
        return simplest(BlockOperator.of(IntStream.range(0, heights.length)
                .mapToObj(i -> IntStream.range(0, widths.length)
                        .mapToObj(j -> i == row && j == col ? core : new ZeroOperator(heights[i], widths[j]))
                        .toList())
                .toList()));
    }

    private static int[] positive(int... sizes) {
        return IntStream.of(sizes).filter(size -> size > 0).toArray();
    }

    /** The block itself if there is only one; zero if all blocks are. */
    static LinearOperator simplest(BlockOperator operator) {
        if (operator.isZero()) {
            return new ZeroOperator(operator.rows(), operator.cols());
        }
        boolean single =
                operator.rowBlocks().count() == 1 && operator.colBlocks().count() == 1;
        return single ? operator.block(0, 0) : operator;
    }

    /** The division of the rows into blocks: all in one, if there are none. */
    public static Partition rowsOf(LinearOperator operator) {
        return operator instanceof BlockOperator block ? block.rowBlocks() : Partition.of(operator.rows());
    }

    /** The division of the columns into blocks: all in one, if there are none. */
    public static Partition colsOf(LinearOperator operator) {
        return operator instanceof BlockOperator block ? block.colBlocks() : Partition.of(operator.cols());
    }

    /** The coarsest division that divides each block of both. */
    static Partition refine(Partition one, Partition other) {
        if (one.equals(other)) {
            return one;
        }
        int[] cuts = Stream.of(one, other)
                .flatMapToInt(p -> IntStream.rangeClosed(0, p.count()).map(p::start))
                .sorted()
                .distinct()
                .toArray();
        return Partition.of(
                IntStream.range(1, cuts.length).map(i -> cuts[i] - cuts[i - 1]).toArray());
    }
}
