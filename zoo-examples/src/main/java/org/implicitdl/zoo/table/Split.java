package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Rows for training and rows that are held out.
 *
 * @param train positions of the training rows, in order
 * @param heldOut positions of the others, in order as well
 */
public record Split(int[] train, int[] heldOut) {

    /**
     * A stratified split: of every class the same part is held out, rounded, but at least one row is and one is not.
     *
     * @param classes of the rows, by number
     * @param part that is held out, above 0 and below 1
     * @throws IllegalArgumentException if the part is out of its range
     */
    static Split stratified(int[] classes, double part, long seed) {
        if (!(part > 0 && part < 1)) {
            throw new IllegalArgumentException(
                    "The part that is held out must be above 0 and below 1, but is " + part + ".");
        }
        List<Integer> heldOut = new ArrayList<>();
        for (List<Integer> rows : shuffledByClass(classes, seed)) {
            int count = (int) Math.max(1, Math.min(rows.size() - 1, Math.round(part * rows.size())));
            heldOut.addAll(rows.subList(0, count));
        }
        return of(classes.length, heldOut);
    }

    /**
     * Stratified cross-validation: every row is held out in exactly one of the splits, and every class is dealt out
     * evenly among them.
     *
     * @throws IllegalArgumentException if there are fewer than 2 splits, or more than rows
     */
    static List<Split> folds(int[] classes, int count, long seed) {
        if (count < 2 || count > classes.length) {
            throw new IllegalArgumentException("Cross-validation of " + classes.length + " rows takes 2 to "
                    + classes.length + " splits, but is to make " + count + ".");
        }
        List<List<Integer>> folds = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            folds.add(new ArrayList<>());
        }
        int next = 0;
        for (List<Integer> rows : shuffledByClass(classes, seed)) {
            for (int row : rows) {
                folds.get(next++ % count).add(row);
            }
        }
        return folds.stream().map(fold -> of(classes.length, fold)).toList();
    }

    /** The split of some rows that this is one of their positions 0, 1, … */
    Split of(int[] rows) {
        return new Split(
                Arrays.stream(train).map(position -> rows[position]).toArray(),
                Arrays.stream(heldOut).map(position -> rows[position]).toArray());
    }

    private static List<List<Integer>> shuffledByClass(int[] classes, long seed) {
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            byClass.computeIfAbsent(classes[i], key -> new ArrayList<>()).add(i);
        }
        Random random = new Random(seed);
        byClass.values().forEach(rows -> Collections.shuffle(rows, random));
        return List.copyOf(byClass.values());
    }

    private static Split of(int size, List<Integer> heldOut) {
        boolean[] held = new boolean[size];
        heldOut.forEach(row -> held[row] = true);
        List<Integer> train = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!held[i]) {
                train.add(i);
            }
        }
        return new Split(array(train), array(heldOut.stream().sorted().toList()));
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
