package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.implicitdl.zoo.report.Table;

/**
 * What the columns of a table hold, and which one is predicted.
 *
 * @param columns all but the label, in their order; at least one is a feature
 * @param labelColumn of numbers for a regression, of categories for classes
 * @param notes what should be looked at in some columns, by their names
 */
public record TableSchema(List<Column> columns, Column labelColumn, Map<String, String> notes) {
    private static final List<String> HEADER = List.of("column", "kind", "missing", "values", "look at");

    /** Copies that nobody else can change. */
    public TableSchema {
        columns = List.copyOf(columns);
        notes = Map.copyOf(notes);
    }

    /**
     * Finds out what the columns hold.
     *
     * @throws TableException if a column of numbers holds text, or the label cannot be learned
     */
    public static TableSchema infer(CsvTable table, SchemaOptions options) {
        return new SchemaInference(table, options).schema();
    }

    /** The columns that are predicted from. */
    public List<Column> features() {
        return columns.stream()
                .filter(column -> !(column instanceof UnusedColumn))
                .toList();
    }

    /** What is predicted. */
    public Label label() {
        return Label.of(labelColumn);
    }

    /** A line for each column, the label last. */
    public Table description() {
        return description(columns.size());
    }

    /** A line for each of the first columns, and one for the label. */
    public Table description(int most) {
        List<List<String>> lines = new ArrayList<>();
        // What should be looked at is not among those that are left out.
        List<Column> shown = IntStream.range(0, columns.size())
                .filter(i -> i < most || notes.containsKey(columns.get(i).name()))
                .mapToObj(columns::get)
                .toList();
        shown.forEach(column -> lines.add(line(column, column.kind())));
        if (columns.size() > shown.size()) {
            lines.add(List.of("... " + (columns.size() - shown.size()) + " more", "", "", "", ""));
        }
        lines.add(line(labelColumn, "label, " + labelColumn.kind()));
        int width = notes.isEmpty() ? HEADER.size() - 1 : HEADER.size();
        return new Table(
                        HEADER.subList(0, width),
                        lines.stream().map(line -> line.subList(0, width)).toList())
                .leftAligned("kind", "values", "look at");
    }

    private List<String> line(Column column, String kind) {
        return List.of(
                column.name(),
                kind,
                String.valueOf(column.missing()),
                column.values(),
                notes.getOrDefault(column.name(), ""));
    }
}
