package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Rows for training and rows that are held out.
 *
 * @param train positions of the training rows
 * @param test positions of the others
 */
public record Split(int[] train, int[] test) {

    /**
     * A stratified split: of every class the same part is held out, rounded, but at least one row is and one is not.
     *
     * @param classes of the rows, by number
     * @param part that is held out, above 0 and below 1
     * @throws IllegalArgumentException if the part is out of its range
     */
    public static Split stratified(int[] classes, double part, long seed) {
        if (!(part > 0 && part < 1)) {
            throw new IllegalArgumentException(
                    "The part that is held out must be above 0 and below 1, but is " + part + ".");
        }
        List<Integer> test = new ArrayList<>();
        for (List<Integer> rows : shuffledByClass(classes, seed)) {
            int count = (int) Math.max(1, Math.min(rows.size() - 1, Math.round(part * rows.size())));
            test.addAll(rows.subList(0, count));
        }
        return of(classes.length, test);
    }

    /**
     * Stratified cross-validation: every row is held out in exactly one of the splits, and every class is dealt out
     * evenly among them.
     *
     * @throws IllegalArgumentException if there are fewer than 2 splits, or more than rows
     */
    public static List<Split> folds(int[] classes, int count, long seed) {
        if (count < 2 || count > classes.length) {
            throw new IllegalArgumentException("Cross-validation of " + classes.length + " rows takes 2 to "
                    + classes.length + " splits, but is to make " + count + ".");
        }
        List<List<Integer>> tests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            tests.add(new ArrayList<>());
        }
        int next = 0;
        for (List<Integer> rows : shuffledByClass(classes, seed)) {
            for (int row : rows) {
                tests.get(next++ % count).add(row);
            }
        }
        return tests.stream().map(test -> of(classes.length, test)).toList();
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

    private static Split of(int size, List<Integer> test) {
        boolean[] held = new boolean[size];
        test.forEach(row -> held[row] = true);
        List<Integer> train = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!held[i]) {
                train.add(i);
            }
        }
        return new Split(array(train), array(test.stream().sorted().toList()));
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
