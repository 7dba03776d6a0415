package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.report.Table;

/**
 * What the columns of a table hold, and which one is predicted.
 *
 * @param columns all but the label, in their order; at least one is a feature
 * @param labelColumn of numbers for a regression, of categories for classes
 */
public record TableSchema(List<Column> columns, Column labelColumn) {

    /** A copy that nobody else can change. */
    public TableSchema {
        columns = List.copyOf(columns);
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
        columns.stream().limit(most).forEach(column -> lines.add(line(column, column.kind())));
        if (columns.size() > most) {
            lines.add(List.of("... " + (columns.size() - most) + " more", "", "", ""));
        }
        lines.add(line(labelColumn, "label, " + labelColumn.kind()));
        return new Table(List.of("column", "kind", "missing", "values"), lines);
    }

    private static List<String> line(Column column, String kind) {
        return List.of(column.name(), kind, String.valueOf(column.missing()), column.values());
    }
}
