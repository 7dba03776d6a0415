package org.implicitdl.convert.reduce;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;

/**
 * What a step did.
 *
 * @param model the model after it
 * @param reasons why states left, by their numbers in the model that was reduced first
 */
public record Change(SparseModel model, Map<Integer, String> reasons) {

    /** Copies the map, in increasing order of the states. */
    public Change {
        reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    }

    /** No change. */
    public static Change none(SparseModel model) {
        return new Change(model, Map.of());
    }

    /**
     * States expressed by others.
     *
     * @param rows for each state, the row that takes its place, or null if it stays
     * @param reasons why, for each state that leaves
     */
    static Change substitute(SparseModel model, SparseRow[] rows, String[] reasons) {
        int[] kept =
                IntStream.range(0, rows.length).filter(i -> rows[i] == null).toArray();
        if (kept.length == rows.length) {
            return none(model);
        }
        Map<Integer, String> why = new TreeMap<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != null) {
                why.put(model.origin(i), reasons[i]);
            }
        }
        List<SparseRow> all = Arrays.asList(rows);
        return new Change(model.substitute(kept, all), why);
    }
}
