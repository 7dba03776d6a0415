package org.implicitdl.convert.reduce;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;
import org.implicitdl.convert.structure.StateMaps;
import org.implicitdl.operator.SparseMatrix;

/**
 * States that are equal for every input: those of one class of the coarsest partition in which states of one class have
 * the same φ, the same row of (B, b), and the same sum of coefficients over each class. One state stands for its class,
 * with the sum of their columns of A and C.
 *
 * <p>Rows must agree to the last bit. In a cycle, states are merged only if the smaller model is certified well-posed;
 * states that φ mixes are not merged.
 */
public record DuplicateStates() implements ReductionStep {

    /** What all states of a class have in common. */
    private record Signature(Object phi, SparseRow sums) {}

    @Override
    public String name() {
        return "duplicate";
    }

    @Override
    public Change apply(SparseModel model) {
        Change change = merge(model, new boolean[model.states()]);
        if (change.reasons().isEmpty() || CycleCheck.isCertified(change.model())) {
            return change;
        }
        Dependencies graph = Dependencies.of(model);
        boolean[] alone = new boolean[model.states()];
        for (int i = 0; i < alone.length; i++) {
            alone[i] = graph.isCyclic(i);
        }
        return merge(model, alone);
    }

    /** @param alone the states that may not be merged with any other */
    private static Change merge(SparseModel model, boolean[] alone) {
        int[] classes = coarsestPartition(model, alone);
        int[] first = new int[model.states()];
        Arrays.fill(first, -1);
        SparseRow[] rows = new SparseRow[model.states()];
        String[] reasons = new String[model.states()];
        for (int i = 0; i < rows.length; i++) {
            if (first[classes[i]] < 0) {
                first[classes[i]] = i;
            } else {
                rows[i] = SparseRow.of(first[classes[i]], 1);
                reasons[i] = "it equals state " + model.origin(first[classes[i]]);
            }
        }
        return Change.substitute(model, rows, reasons);
    }

    /** The classes, numbered by their first states. From all states of one φ in one class, they are split until stable. */
    private static int[] coarsestPartition(SparseModel model, boolean[] alone) {
        int n = model.states();
        int[] classes = new int[n];
        int count = 0;
        while (true) {
            Map<List<Object>, Integer> numbers = new HashMap<>();
            int[] finer = new int[n];
            for (int i = 0; i < n; i++) {
                Object self = alone[i] || isMixed(model.maps(), i) ? i : "shared";
                List<Object> key = List.of(classes[i], self, signature(model, i, classes));
                finer[i] = numbers.computeIfAbsent(key, k -> numbers.size());
            }
            if (numbers.size() == count) {
                return classes;
            }
            count = numbers.size();
            classes = finer;
        }
    }

    private static boolean isMixed(StateMaps maps, int i) {
        return maps.end(maps.groupOf(i)) - maps.start(maps.groupOf(i)) > 1;
    }

    private static Signature signature(SparseModel model, int i, int[] classes) {
        SparseMatrix m = model.matrix();
        TreeMap<Integer, Double> sums = new TreeMap<>();
        for (int k = m.start(i); k < m.end(i); k++) {
            int column = m.column(k);
            sums.merge(column < model.states() ? classes[column] : column, m.value(k), Double::sum);
        }
        return new Signature(model.maps().at(i), SparseRow.of(sums));
    }
}
