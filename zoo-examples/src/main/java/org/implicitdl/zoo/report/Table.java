package org.implicitdl.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text: the first column is aligned left, the others right, unless they are said to be texts.
 *
 * @param header the titles of the columns
 * @param rows the cells, row by row, each row as long as the header
 * @param texts the titles of columns that are aligned left too
 */
public record Table(List<String> header, List<List<String>> rows, Set<String> texts) {

    /** @throws IllegalArgumentException if a row is shorter or longer than the header */
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        texts = Set.copyOf(texts);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("Every row must have " + header.size()
                        + " cells like the header, but one has " + row.size() + ": " + row);
            }
        }
    }

    /** A table whose columns but the first hold figures. */
    public Table(List<String> header, List<List<String>> rows) {
        this(header, rows, Set.of());
    }

    /** The same table with columns of these titles, as far as there are such, aligned left. */
    public Table leftAligned(String... titles) {
        return new Table(header, rows, Set.of(titles));
    }

    /** The table for a terminal: columns padded with spaces, a line under the header. */
    public String toText() {
        List<List<String>> cells = cells(Printable::of);
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(line(row, widths, "  ")));
        lines.add(1, "-".repeat(lines.get(0).length()));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    /** The table in Markdown, padded so that it reads well as text too. */
    public String toMarkdown() {
        List<List<String>> cells = cells(Table::escaped);
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add("| " + line(row, widths, " | ") + " |"));
        lines.add(
                1,
                IntStream.range(0, widths.length)
                        .mapToObj(i -> isText(i) ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":")
                        .collect(Collectors.joining(" | ", "| ", " |")));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** A bar would end the cell, a backslash before it would let it do so again, and a tag would act on the page. */
    private static String escaped(String cell) {
        return Printable.of(cell).replace("\\", "\\\\").replace("|", "\\|").replaceAll("<(?=[A-Za-z/!?])", "\\\\<");
    }

    /** The header and all rows. */
    private List<List<String>> cells(UnaryOperator<String> written) {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        return all.stream().map(row -> row.stream().map(written).toList()).toList();
    }

    private static int[] widths(List<List<String>> cells) {
        return IntStream.range(0, cells.get(0).size())
                .map(i -> cells.stream()
                        .mapToInt(row -> Math.max(3, row.get(i).length()))
                        .max()
                        .orElseThrow())
                .toArray();
    }

    private String line(List<String> cells, int[] widths, String between) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> {
                    String spaces = " ".repeat(widths[i] - cells.get(i).length());
                    return isText(i) ? cells.get(i) + spaces : spaces + cells.get(i);
                })
                .collect(Collectors.joining(between));
    }

    private boolean isText(int column) {
        return column == 0 || texts.contains(header.get(column));
    }
}
