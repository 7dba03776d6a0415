package org.implicitdl.convert.structure;

import java.util.Arrays;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.SparseMatrix;

/**
 * The sparsity pattern of M = [A B; C D] in cells: the share of nonzeros among the entries of each. Cells are squares of
 * {@code cell} entries a side, cut where A, B, C and D meet, so that none belongs to two of them.
 *
 * @param cell the number of rows and of columns in a cell; 1 shows single entries
 * @param stateCells into how many cells the states are divided; the others are outputs (rows) and inputs (columns)
 * @param shares row by row, each from 0 to 1
 */
public record DensityGrid(int cell, int stateCells, double[][] shares) {

    /** Copies the rows. */
    public DensityGrid {
        shares = copy(shares);
    }

    /**
     * The pattern with the states in a given order.
     *
     * @param order a permutation of the states, such as {@link ModelStructure#order}
     * @param most the largest number of cells along the longer side, to within the cells that are cut
     * @throws IllegalArgumentException if {@code most} is not positive
     */
    public static DensityGrid of(SparseModel model, int[] order, int most) {
        int n = model.states();
        int cell = cellOf(n + Math.max(model.inputs(), model.outputs()), most);
        int stateCells = cells(n, cell);
        int[] place = new int[n];
        for (int k = 0; k < n; k++) {
            place[order[k]] = k;
        }
        double[][] shares =
                new double[stateCells + cells(model.outputs(), cell)][stateCells + cells(model.inputs(), cell)];
        SparseMatrix m = model.matrix();
        for (int i = 0; i < m.rows(); i++) {
            int row = i < n ? place[i] / cell : stateCells + (i - n) / cell;
            double entries = (double) size(i < n ? row : row - stateCells, i < n ? n : model.outputs(), cell);
            for (int k = m.start(i); k < m.end(i); k++) {
                int j = m.column(k);
                if (j == model.constant()) {
                    continue;
                }
                int column = j < n ? place[j] / cell : stateCells + (j - n) / cell;
                int width = size(j < n ? column : column - stateCells, j < n ? n : model.inputs(), cell);
                shares[row][column] += 1 / (entries * width);
            }
        }
        return new DensityGrid(cell, stateCells, shares);
    }

    /**
     * The pattern by blocks, in time and memory of the blocks and cells: the nonzeros of a block are taken to lie evenly in
     * it, but for those of diagonal ones. For models with too many nonzeros to look at each; the states are in the model's own order.
     *
     * @param most the largest number of cells along the longer side, to within the cells that are cut
     * @throws IllegalArgumentException if {@code most} is not positive
     */
    public static DensityGrid byBlocks(ImplicitModel model, int most) {
        return BlockDensity.of(model, most);
    }

    /** The size of cells of which so many lie along the longest side. */
    static int cellOf(int longest, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A grid has at least 1 cell a side, but " + most + " were asked for.");
        }
        return Math.max(1, cells(longest, most));
    }

    static int cells(int size, int cell) {
        return (int) ((size + cell - 1L) / cell);
    }

    /** The last cell may be smaller. */
    static int size(int number, int total, int cell) {
        return Math.min(cell, total - number * cell);
    }

    /** The number of rows of cells. */
    public int rows() {
        return shares.length;
    }

    /** The number of columns of cells. */
    public int cols() {
        return shares[0].length;
    }

    /** The share of nonzeros in a cell. */
    public double share(int row, int column) {
        return shares[row][column];
    }

    /** All shares, as a copy. */
    @Override
    public double[][] shares() {
        return copy(shares);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DensityGrid that
                && cell == that.cell
                && stateCells == that.stateCells
                && Arrays.deepEquals(shares, that.shares);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cell + stateCells) + Arrays.deepHashCode(shares);
    }

    @Override
    public String toString() {
        return "grid of " + rows() + " x " + cols() + " cells of " + cell + " x " + cell + " entries";
    }
}
