package org.implicitdl.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text: the first column is aligned left, the others right.
 *
 * @param header the titles of the columns
 * @param rows the cells, row by row, each row as long as the header
 */
public record Table(List<String> header, List<List<String>> rows) {

    /** @throws IllegalArgumentException if a row is shorter or longer than the header */
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("Every row must have " + header.size()
                        + " cells like the header, but one has " + row.size() + ": " + row);
            }
        }
    }

    /** The table for a terminal: columns padded with spaces, a line under the header. */
    public String toText() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, "  "));
        lines.add("-".repeat(lines.get(0).length()));
        rows.forEach(row -> lines.add(line(row, widths, "  ")));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    /** The table in Markdown, padded so that it reads well as text too. */
    public String toMarkdown() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add("| " + line(header, widths, " | ") + " |");
        lines.add(IntStream.range(0, widths.length)
                .mapToObj(i -> i == 0 ? "-".repeat(widths[0]) : "-".repeat(widths[i] - 1) + ":")
                .collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(row -> lines.add("| " + line(row, widths, " | ") + " |"));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private int[] widths() {
        return IntStream.range(0, header.size())
                .map(i -> Math.max(
                        Math.max(3, header.get(i).length()),
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)))
                .toArray();
    }

    private static String line(List<String> cells, int[] widths, String between) {
        BiFunction<Integer, String, String> pad = (i, cell) -> {
            String spaces = " ".repeat(widths[i] - cell.length());
            return i == 0 ? cell + spaces : spaces + cell;
        };
        return IntStream.range(0, cells.size())
                .mapToObj(i -> pad.apply(i, cells.get(i)))
                .collect(Collectors.joining(between));
    }
}
