package org.implicitdl.solver;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Substitution for a matrix that is lower triangular in a given order: for some rows at a time, one product with all states
 * before them, and row by row within, in double precision.
 */
final class BlockedSubstitution {
    private static final int BLOCK = 64;

    private final FixedPointProblem problem;
    private final int[] order;
    private final double[] diagonal;
    private final RowMap map;

    /**
     * @param order the states in the order in which they are known
     * @param diagonal the diagonal of A, in A's own order
     */
    BlockedSubstitution(FixedPointProblem problem, int[] order, double[] diagonal, RowMap map) {
        this.problem = problem;
        this.order = order;
        this.diagonal = diagonal;
        this.map = map;
    }

    /** The state, as a new array. */
    INDArray solve() {
        int n = problem.states();
        int m = problem.samples();
        try (NativeMemory memory = new NativeMemory(problem.input().dataType(), (long) n * (n + m))) {
            Panel a = memory.panel(n, n);
            INDArray dense = problem.a().toDense(memory.type());
            permute(Panel.viewOf(dense, memory.type()), order, a);
            Panel x = memory.panel(n, m);
            permute(
                    Panel.viewOf(problem.input(), memory.type()),
                    IntStream.range(0, m).toArray(),
                    x);
            for (int first = 0; first < n; first += BLOCK) {
                int end = Math.min(n, first + BLOCK);
                Panel block = x.part(first, end, m);
                if (first > 0) {
                    block.product(1, a.part(first, end, first), false, x.part(0, first, m), m, 1);
                }
                solveBlock(a, block, first);
            }
            INDArray state = Nd4j.create(memory.type(), new long[] {n, m}, 'f');
            restore(x, Panel.viewOf(state, memory.type()));
            return state.castTo(problem.input().dataType());
        }
    }

    private void solveBlock(Panel a, Panel block, int first) {
        int size = block.rows();
        int m = problem.samples();
        double[] column = new double[size];
        double[][] rows = new double[size][m];
        for (int j = 0; j < m; j++) {
            block.read(j, column);
            for (int i = 0; i < size; i++) {
                rows[i][j] = column[i];
            }
        }
        Panel entries = a.part(first, first + size, first + size);
        for (int i = 0; i < size; i++) {
            int state = order[first + i];
            map.solve(state, diagonal[state], rows[i]);
            entries.read(first + i, column);
            for (int k = i + 1; k < size; k++) {
                add(column[k], rows[i], rows[k]);
            }
        }
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < size; i++) {
                column[i] = rows[i][j];
            }
            block.write(j, column);
        }
    }

    private static void add(double factor, double[] row, double[] target) {
        if (factor != 0) {
            for (int j = 0; j < row.length; j++) {
                target[j] += factor * row[j];
            }
        }
    }

    /** Takes the rows in the order of the states, and the columns in the order that is given. */
    private void permute(Panel source, int[] columns, Panel target) {
        double[] from = new double[order.length];
        double[] to = new double[order.length];
        for (int j = 0; j < columns.length; j++) {
            source.read(columns[j], from);
            for (int i = 0; i < order.length; i++) {
                to[i] = from[order[i]];
            }
            target.write(j, to);
        }
    }

    private void restore(Panel source, Panel target) {
        double[] from = new double[order.length];
        double[] to = new double[order.length];
        for (int j = 0; j < target.columns(); j++) {
            source.read(j, from);
            for (int i = 0; i < order.length; i++) {
                to[order[i]] = from[i];
            }
            target.write(j, to);
        }
    }
}
