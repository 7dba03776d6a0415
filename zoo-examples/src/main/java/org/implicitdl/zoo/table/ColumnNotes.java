package org.implicitdl.zoo.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a user should look at in a column, in a few words: it may be meant, and nothing is done about it. */
final class ColumnNotes {
    private static final int FEWEST_NUMBERED_ROWS = 10;
    private static final double FAR = 1e4;
    private static final double TAIL = 0.05;

    private ColumnNotes() {}

    /** Of a feature. */
    static Optional<String> feature(Column column, ColumnValues values) {
        return column instanceof NumberColumn && countsRows(values)
                ? Optional.of("numbers the rows? --ignore leaves it out")
                : label(column, values);
    }

    /** Of the label. */
    static Optional<String> label(Column column, ColumnValues values) {
        if (column instanceof NumberColumn) {
            return farValue(values);
        }
        return column instanceof CategoryColumn categories ? sameButForCase(categories.categories()) : Optional.empty();
    }

    /** Different whole numbers in steps of one, in whatever order. */
    private static boolean countsRows(ColumnValues values) {
        int rows = values.present().size();
        double[] sorted = sorted(values);
        return rows >= FEWEST_NUMBERED_ROWS
                && values.missing() == 0
                && sorted[0] == Math.rint(sorted[0])
                && IntStream.range(1, rows).allMatch(i -> sorted[i] == sorted[i - 1] + 1);
    }

    /** Normalized by a deviation to which one value contributes all, the others become equal. */
    private static Optional<String> farValue(ColumnValues values) {
        double[] sorted = sorted(values);
        int last = sorted.length - 1;
        int tail = (int) (TAIL * last) + (last > 1 ? 1 : 0);
        double spread = sorted[last - tail] - sorted[Math.min(tail, last)];
        if (!(spread > 0 && sorted[last] - sorted[0] > FAR * spread)) {
            return Optional.empty();
        }
        double farthest = sorted[last] - sorted[last - tail] > sorted[tail] - sorted[0] ? sorted[last] : sorted[0];
        String cell = values.present().stream()
                .filter(text -> Double.parseDouble(text) == farthest)
                .findFirst()
                .orElseThrow();
        return Optional.of(cell + " in line " + values.line(cell) + " is far from the others");
    }

    private static double[] sorted(ColumnValues values) {
        return values.present().stream()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }

    private static Optional<String> sameButForCase(List<String> categories) {
        return categories.stream()
                .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT)))
                .values()
                .stream()
                .filter(spellings -> spellings.size() > 1)
                .min((one, other) -> one.get(0).compareTo(other.get(0)))
                .map(spellings -> Names.some(spellings) + " differ in case only");
    }
}
