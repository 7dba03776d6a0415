package org.implicitdl.zoo.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell says. */
final class Cell {
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "#n/a", "nan", "null");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private Cell() {}

    /** The text without space around it; empty for everything that stands for a missing value. */
    static String normalized(String text) {
        String stripped = text.strip();
        return MISSING.contains(stripped.toLowerCase(Locale.ROOT)) ? "" : stripped;
    }

    static boolean isMissing(String cell) {
        return cell.isEmpty();
    }

    /** Whether the cell is a finite decimal number. */
    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell));
    }
}
