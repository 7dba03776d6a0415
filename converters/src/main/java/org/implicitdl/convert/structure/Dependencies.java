package org.implicitdl.convert.structure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.wellposed.StronglyConnectedComponents;

/**
 * The graph of a model: an edge from state j to state i where aᵢⱼ ≠ 0, or where φ mixes i with such a state. All of it
 * takes time proportional to the nonzeros.
 */
public final class Dependencies {
    private final SparseModel model;
    private final StateMaps maps;
    private final int[][] successors;
    private final List<int[]> components;
    private final boolean[] cyclic;

    private Dependencies(SparseModel model) {
        this.model = model;
        this.maps = model.maps();
        this.successors = successors();
        int[] cursor = new int[maps.groups()];
        // Tarjan's algorithm asks for increasing successors, so that the cursor never goes back.
        List<int[]> groups = StronglyConnectedComponents.of(maps.groups(), (group, from) -> {
            int[] next = successors[group];
            while (cursor[group] < next.length && next[cursor[group]] < from) {
                cursor[group]++;
            }
            return cursor[group] < next.length ? next[cursor[group]] : -1;
        });
        this.cyclic = new boolean[maps.groups()];
        for (int[] component : groups) {
            boolean cycle = component.length > 1 || Arrays.binarySearch(successors[component[0]], component[0]) >= 0;
            IntStream.of(component).forEach(group -> cyclic[group] = cycle);
        }
        this.components = groups.stream().map(this::statesOf).toList();
    }

    /** The graph of a model. */
    public static Dependencies of(SparseModel model) {
        return new Dependencies(model);
    }

    /** For each group of states, the groups that depend on it, in increasing order. */
    private int[][] successors() {
        SparseMatrix columns = model.matrix().transpose();
        int[][] next = new int[maps.groups()][];
        int[] buffer = new int[maps.groups()];
        int[] seenFrom = new int[maps.groups()];
        for (int group = 0; group < next.length; group++) {
            int count = 0;
            for (int j = maps.start(group); j < maps.end(group); j++) {
                for (int k = columns.start(j); k < columns.end(j) && columns.column(k) < model.states(); k++) {
                    int successor = maps.groupOf(columns.column(k));
                    if (seenFrom[successor] != group + 1) {
                        seenFrom[successor] = group + 1;
                        buffer[count++] = successor;
                    }
                }
            }
            next[group] = Arrays.copyOf(buffer, count);
            if (maps.end(group) - maps.start(group) > 1) {
                Arrays.sort(next[group]);
            }
        }
        return next;
    }

    private int[] statesOf(int[] groups) {
        return IntStream.of(groups)
                .flatMap(group -> IntStream.range(maps.start(group), maps.end(group)))
                .toArray();
    }

    /** The strongly connected components, each after all that it depends on; the states of each in increasing order. */
    public List<int[]> components() {
        return components;
    }

    /** Whether state i depends on itself, directly or through others. */
    public boolean isCyclic(int i) {
        return cyclic[maps.groupOf(i)];
    }

    /** For each state, whether an input reaches it. */
    public boolean[] reachedByInputs() {
        SparseMatrix m = model.matrix();
        boolean[] reached = new boolean[maps.groups()];
        for (int i = 0; i < model.states(); i++) {
            for (int k = m.start(i); k < m.end(i); k++) {
                int column = m.column(k);
                reached[maps.groupOf(i)] |= column >= model.states() && column < model.constant();
            }
        }
        // In solving order, a component's predecessors are settled when it is looked at.
        for (int[] component : components) {
            boolean any = IntStream.of(component).anyMatch(i -> reached[maps.groupOf(i)]);
            if (any) {
                IntStream.of(component).forEach(i -> {
                    reached[maps.groupOf(i)] = true;
                    IntStream.of(successors[maps.groupOf(i)]).forEach(next -> reached[next] = true);
                });
            }
        }
        return perState(reached);
    }

    /** For each state, whether it reaches an output. */
    public boolean[] reachingOutputs() {
        SparseMatrix m = model.matrix();
        boolean[] reaching = new boolean[maps.groups()];
        for (int i = model.states(); i < m.rows(); i++) {
            for (int k = m.start(i); k < m.end(i) && m.column(k) < model.states(); k++) {
                reaching[maps.groupOf(m.column(k))] = true;
            }
        }
        for (int c = components.size() - 1; c >= 0; c--) {
            boolean any = IntStream.of(components.get(c))
                    .map(maps::groupOf)
                    .anyMatch(group ->
                            reaching[group] || IntStream.of(successors[group]).anyMatch(next -> reaching[next]));
            if (any) {
                IntStream.of(components.get(c)).forEach(i -> reaching[maps.groupOf(i)] = true);
            }
        }
        return perState(reaching);
    }

    /** For each state, the length of the longest chain of components that leads to its own. */
    int[] levels() {
        int[] level = new int[maps.groups()];
        for (int[] component : components) {
            int highest = IntStream.of(component)
                    .map(i -> level[maps.groupOf(i)])
                    .max()
                    .orElse(0);
            for (int i : component) {
                level[maps.groupOf(i)] = highest;
            }
            for (int i : component) {
                for (int next : successors[maps.groupOf(i)]) {
                    level[next] = Math.max(level[next], highest + 1);
                }
            }
            // Edges within the component do not lengthen the chain.
            for (int i : component) {
                level[maps.groupOf(i)] = highest;
            }
        }
        return IntStream.range(0, model.states())
                .map(i -> level[maps.groupOf(i)])
                .toArray();
    }

    private boolean[] perState(boolean[] perGroup) {
        boolean[] states = new boolean[model.states()];
        for (int i = 0; i < states.length; i++) {
            states[i] = perGroup[maps.groupOf(i)];
        }
        return states;
    }
}
