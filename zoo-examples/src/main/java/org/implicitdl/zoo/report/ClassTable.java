package org.implicitdl.zoo.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How well each class is recognized, from how often it was taken for which. */
public final class ClassTable {
    private ClassTable() {}

    /**
     * How often each class was taken for which.
     *
     * @param classes their number
     * @param truth the class of each sample
     * @param predicted the class that each was taken for
     * @return with a row for each true class and a column for each predicted one
     */
    public static int[][] counts(int classes, int[] truth, int[] predicted) {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][predicted[i]]++;
        }
        return counts;
    }

    /**
     * A line for each class: its samples, precision, recall, and F1 = 2 · hits / (samples + predictions). What is nothing
     * of nothing counts as 0.
     *
     * @param classes their names
     * @param samples what is counted, such as images
     * @param counts as {@link #counts} gives them
     */
    public static Table of(List<String> classes, String samples, int[][] counts) {
        return new Table(
                List.of("class", samples, "precision", "recall", "F1"),
                IntStream.range(0, counts.length)
                        .mapToObj(k -> line(classes.get(k), k, counts))
                        .toList());
    }

    private static List<String> line(String name, int k, int[][] counts) {
        int hits = counts[k][k];
        int samples = IntStream.of(counts[k]).sum();
        int predictions = Arrays.stream(counts).mapToInt(row -> row[k]).sum();
        return List.of(
                name,
                String.valueOf(samples),
                part(hits, predictions),
                part(hits, samples),
                part(2 * hits, samples + predictions));
    }

    private static String part(int count, int total) {
        return Percent.of(count, Math.max(1, total));
    }
}
