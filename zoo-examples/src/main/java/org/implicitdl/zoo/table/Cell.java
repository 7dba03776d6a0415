package org.implicitdl.zoo.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell says. */
final class Cell {
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "#n/a", "nan", "null");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,4})?");
    private static final Pattern WITH_COMMAS = Pattern.compile("[-+]?\\d+(,\\d+)+(\\.\\d+)?");

    private Cell() {}

    /** The text without space around it; empty for everything that stands for a missing value. */
    static String normalized(String text) {
        String stripped = text.strip();
        return MISSING.contains(stripped.toLowerCase(Locale.ROOT)) ? "" : stripped;
    }

    static boolean isMissing(String cell) {
        return cell.isEmpty();
    }

    /** Whether the cell is a finite decimal number, with a point. */
    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell));
    }

    /** Whether the cell would be a number if it had no commas, of decimals or thousands. */
    static boolean isNumberWithCommas(String cell) {
        return WITH_COMMAS.matcher(cell).matches();
    }
}
