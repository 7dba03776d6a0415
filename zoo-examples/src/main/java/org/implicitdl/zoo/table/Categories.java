package org.implicitdl.zoo.table;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which category a cell names: that of the same text, or where all categories are numbers that of the same value. */
final class Categories {
    private static final Comparator<String> SHORTEST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Map<String, Integer> places = new HashMap<>();
    private final boolean numbers;

    private Categories(List<String> names) {
        numbers = names.stream().allMatch(name -> Cell.isMissing(name) || Cell.isNumber(name));
        for (String name : names) {
            places.putIfAbsent(key(name), places.size());
        }
    }

    /** Those of a column, as {@link #distinct} gives them. */
    static Categories of(List<String> names) {
        return new Categories(names);
    }

    /**
     * The different categories of cells: numbers in the order of their values, and of 1, 1.0 and 1e0 only 1, the shortest;
     * texts in the order of the alphabet.
     *
     * @param cells none of them missing
     */
    static List<String> distinct(List<String> cells) {
        Categories all = new Categories(cells);
        Map<String, String> spellings = new TreeMap<>();
        for (String cell : cells) {
            spellings.merge(all.key(cell), cell, (one, other) -> SHORTEST.compare(one, other) <= 0 ? one : other);
        }
        Comparator<String> byValue = Comparator.comparing(BigDecimal::new);
        return spellings.values().stream()
                .sorted(all.numbers ? byValue : Comparator.naturalOrder())
                .toList();
    }

    /** The place of the category that a cell names, −1 if it names none. */
    int indexOf(String cell) {
        return places.getOrDefault(key(cell), -1);
    }

    /** Whether a cell names one of them. */
    boolean has(String cell) {
        return indexOf(cell) >= 0;
    }

    private String key(String cell) {
        return numbers && Cell.isNumber(cell)
                ? new BigDecimal(cell).stripTrailingZeros().toString()
                : cell;
    }
}
