package org.implicitdl.zoo.table;

import java.util.Optional;

/**
 * What is known of a CSV file before it is read.
 *
 * @param header whether the first line names the columns; if not said, it does unless one of its cells is a number
 * @param delimiter what stands between cells; if not said, that of comma, semicolon, tab and bar that the first line has
 *     most of
 */
public record CsvFormat(Optional<Boolean> header, Optional<Character> delimiter) {
    private static final char QUOTE = '"';

    /** Nothing is known. */
    public static CsvFormat detected() {
        return new CsvFormat(Optional.empty(), Optional.empty());
    }

    char delimiterOf(String line) {
        return delimiter.orElseGet(() -> {
            char best = ',';
            for (char candidate : new char[] {';', '\t', '|'}) {
                best = countUnquoted(line, candidate) > countUnquoted(line, best) ? candidate : best;
            }
            return best;
        });
    }

    private static int countUnquoted(String line, char wanted) {
        int count = 0;
        boolean quoted = false;
        for (char character : line.toCharArray()) {
            quoted ^= character == QUOTE;
            count += character == wanted && !quoted ? 1 : 0;
        }
        return count;
    }
}
