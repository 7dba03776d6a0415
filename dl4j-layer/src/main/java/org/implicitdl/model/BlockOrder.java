package org.implicitdl.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.implicitdl.operator.BlockOperator;

/** The order in which blocks of states can be computed one after the other. */
final class BlockOrder {
    private BlockOrder() {}

    /**
     * The blocks, each after all that it depends on; of those that are ready the last comes first, as in the order of
     * §2.2. Empty if some depend on each other, or on themselves.
     */
    static Optional<int[]> of(BlockOperator a) {
        int count = a.rowBlocks().count();
        int[] missing = new int[count];
        List<List<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readers.add(new ArrayList<>());
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>(Comparator.reverseOrder());
        for (int i = 0; i < count; i++) {
            missing[i] = a.row(i).size();
            for (int j : a.row(i).keySet()) {
                readers.get(j).add(i);
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        int[] order = new int[count];
        int placed = 0;
        while (!ready.isEmpty()) {
            int next = ready.remove();
            order[placed++] = next;
            for (int reader : readers.get(next)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        return placed == count ? Optional.of(order) : Optional.empty();
    }
}
