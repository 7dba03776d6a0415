package org.implicitdl.convert.structure;

import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonzeroCount;
import org.implicitdl.operator.PaddedOperator;

/** Spreads the nonzeros of each block of M = [A B; C D] over the cells that it lies in: along its diagonal, or evenly. */
final class BlockDensity {
    private final int cell;
    private final double[][] shares;

    private BlockDensity(int cell, double[][] shares) {
        this.cell = cell;
        this.shares = shares;
    }

    static DensityGrid of(ImplicitModel model, int most) {
        int n = model.states();
        int cell = DensityGrid.cellOf(n + Math.max(model.inputs(), model.outputs()), most);
        int states = DensityGrid.cells(n, cell);
        BlockDensity grid = new BlockDensity(
                cell,
                new double[states + DensityGrid.cells(model.outputs(), cell)]
                        [states + DensityGrid.cells(model.inputs(), cell)]);
        grid.new Part(0, 0, n, n).add(model.a(), 0, 0);
        grid.new Part(0, states, n, model.inputs()).add(model.b(), 0, 0);
        grid.new Part(states, 0, model.outputs(), n).add(model.c(), 0, 0);
        grid.new Part(states, states, model.outputs(), model.inputs()).add(model.d(), 0, 0);
        return new DensityGrid(cell, states, grid.shares);
    }

    /** One of A, B, C and D, which begins at a cell and has so many rows and columns. */
    private final class Part {
        private final int firstRow;
        private final int firstColumn;
        private final int rows;
        private final int cols;

        Part(int firstRow, int firstColumn, int rows, int cols) {
            this.firstRow = firstRow;
            this.firstColumn = firstColumn;
            this.rows = rows;
            this.cols = cols;
        }

        void add(LinearOperator operator, int top, int left) {
            if (operator instanceof BlockOperator blocks) {
                for (int i = 0; i < blocks.rowBlocks().count(); i++) {
                    int start = top + blocks.rowBlocks().start(i);
                    blocks.row(i)
                            .forEach((j, block) ->
                                    add(block, start, left + blocks.colBlocks().start(j)));
                }
            } else if (operator instanceof PaddedOperator padded) {
                add(padded.core(), top + padded.top(), left + padded.left());
            } else if (operator instanceof IdentityOperator || operator instanceof DiagonalOperator) {
                followDiagonal(operator.rows(), top, left);
            } else if (!operator.isZero()) {
                double share = NonzeroCount.of(operator) / ((double) operator.rows() * operator.cols());
                spread(share, top, top + operator.rows(), left, left + operator.cols());
            }
        }

        private void spread(double share, int top, int bottom, int left, int right) {
            for (int i = top / cell; i * (long) cell < bottom; i++) {
                double height = overlap(i, top, bottom) / (double) DensityGrid.size(i, rows, cell);
                for (int j = left / cell; j * (long) cell < right; j++) {
                    double width = overlap(j, left, right) / (double) DensityGrid.size(j, cols, cell);
                    shares[firstRow + i][firstColumn + j] += share * height * width;
                }
            }
        }

        private void followDiagonal(int entries, int top, int left) {
            for (int k = 0; k < entries; ) {
                int i = (top + k) / cell;
                int j = (left + k) / cell;
                // As far as the diagonal stays in this cell.
                int run = Math.min(entries - k, cell - Math.max((top + k) % cell, (left + k) % cell));
                double size = (double) DensityGrid.size(i, rows, cell) * DensityGrid.size(j, cols, cell);
                shares[firstRow + i][firstColumn + j] += run / size;
                k += run;
            }
        }

        private int overlap(int number, int from, int to) {
            return Math.min(to, (int) Math.min(Integer.MAX_VALUE, (number + 1L) * cell))
                    - Math.max(from, number * cell);
        }
    }
}
