package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;

/** Which blocks, or which single states, depend on which, and the order in which they can be solved for. */
final class Pattern {
    private Pattern() {}

    /** The groups of blocks that depend on each other, in solving order, in time linear in the blocks that are not zero. */
    static List<int[]> components(BlockOperator a) {
        int count = a.rowBlocks().count();
        List<List<Integer>> successors = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            successors.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            int row = i;
            a.row(i).forEach((j, block) -> {
                if (!block.isZero()) {
                    successors.get(j).add(row);
                }
            });
        }
        // The successors of a block are asked for in increasing order, so that each is passed over once.
        int[] cursor = new int[count];
        return StronglyConnectedComponents.of(count, (j, from) -> {
            List<Integer> next = successors.get(j);
            while (cursor[j] < next.size() && next.get(cursor[j]) < from) {
                cursor[j]++;
            }
            return cursor[j] < next.size() ? next.get(cursor[j]) : -1;
        });
    }

    /** The groups of states that depend on each other, in solving order. */
    static List<int[]> components(Matrix a) {
        return StronglyConnectedComponents.of(a.rows(), (j, from) -> {
            for (int i = from; i < a.rows(); i++) {
                if (a.get(i, j) != 0) {
                    return i;
                }
            }
            return -1;
        });
    }

    /**
     * The states of a matrix that is triangular in the given order, by the length of the longest chain that leads to
     * them.
     */
    static List<int[]> levels(Matrix a, int[] order) {
        int[] level = new int[a.rows()];
        int highest = 0;
        for (int j : order) {
            for (int i = 0; i < a.rows(); i++) {
                if (i != j && a.get(i, j) != 0) {
                    level[i] = Math.max(level[i], level[j] + 1);
                }
            }
            highest = Math.max(highest, level[j]);
        }
        int[] sizes = new int[highest + 1];
        for (int l : level) {
            sizes[l]++;
        }
        List<int[]> levels = new ArrayList<>();
        for (int size : sizes) {
            levels.add(new int[size]);
        }
        for (int i = a.rows() - 1; i >= 0; i--) {
            levels.get(level[i])[--sizes[level[i]]] = i;
        }
        return levels;
    }

    /** Joins the neighbours among the components that are single states. */
    static List<int[]> joinSingles(List<int[]> components) {
        List<int[]> joined = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int[] component : components) {
            if (component.length == 1) {
                run.add(component[0]);
            } else {
                flush(run, joined);
                joined.add(component);
            }
        }
        flush(run, joined);
        return joined;
    }

    private static void flush(List<Integer> run, List<int[]> joined) {
        if (!run.isEmpty()) {
            joined.add(run.stream().mapToInt(Integer::intValue).sorted().toArray());
            run.clear();
        }
    }

    /** The diagonal block that some blocks of an operator form. */
    static LinearOperator diagonalBlock(BlockOperator a, int[] blocks) {
        if (blocks.length == 1) {
            return a.block(blocks[0], blocks[0]);
        }
        List<List<LinearOperator>> rows = new ArrayList<>();
        for (int i : blocks) {
            List<LinearOperator> row = new ArrayList<>();
            for (int j : blocks) {
                row.add(a.block(i, j));
            }
            rows.add(row);
        }
        return BlockOperator.of(rows);
    }

    /** The principal submatrix of some states. */
    static Matrix diagonalBlock(Matrix a, int[] states) {
        Matrix block = Matrix.zeros(states.length, states.length);
        for (int j = 0; j < states.length; j++) {
            for (int i = 0; i < states.length; i++) {
                block.set(i, j, a.get(states[i], states[j]));
            }
        }
        return block;
    }
}
