package org.implicitdl.zoo.table;

import java.util.Optional;

/**
 * What is known of a CSV file before it is read.
 *
 * @param header whether the first line names the columns; if not said, it does unless one of its cells is a number
 * @param delimiter what stands between cells; if not said, that of comma, semicolon and tab that the first line has most of
 */
public record CsvFormat(Optional<Boolean> header, Optional<Character> delimiter) {

    /** Nothing is known. */
    public static CsvFormat detected() {
        return new CsvFormat(Optional.empty(), Optional.empty());
    }

    /** The same, with or without a header. */
    public CsvFormat withHeader(boolean header) {
        return new CsvFormat(Optional.of(header), delimiter);
    }

    /** The same with a delimiter. */
    public CsvFormat withDelimiter(char delimiter) {
        return new CsvFormat(header, Optional.of(delimiter));
    }

    char delimiterOf(String line) {
        return delimiter.orElseGet(() -> {
            char best = ',';
            for (char candidate : new char[] {';', '\t'}) {
                best = count(line, candidate) > count(line, best) ? candidate : best;
            }
            return best;
        });
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(character -> character == wanted).count();
    }
}
