package org.implicitdl.zoo.table;

import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.zoo.report.Table;

/**
 * What the columns of a table are, and which one is predicted.
 *
 * @param features the columns that are predicted from, at least one
 * @param label the column that is predicted: classes, or numbers for a regression
 */
public record TableSchema(List<Column> features, Column label) {
    private static final int SHOWN = 6;

    /** A copy that nobody else can change. */
    public TableSchema {
        features = List.copyOf(features);
    }

    /**
     * Finds out what the columns hold.
     *
     * @throws TableException if a column is neither numbers nor categories, or the label cannot be learned
     */
    public static TableSchema infer(CsvTable table, SchemaOptions options) {
        return new SchemaInference(table, options).schema();
    }

    /** What is predicted. */
    public Task task() {
        return label.isNumber() ? Task.REGRESSION : Task.CLASSIFICATION;
    }

    /** A line for each column. */
    public Table description() {
        return new Table(
                List.of("column", "is", "values", "missing"),
                Stream.concat(features.stream().map(column -> line(column, "feature")), Stream.of(line(label, "label")))
                        .toList());
    }

    private static List<String> line(Column column, String role) {
        List<String> categories = column.categories();
        String values = column.isNumber()
                ? "numbers"
                : categories.size() + ": "
                        + String.join(", ", categories.subList(0, Math.min(SHOWN, categories.size())))
                        + (categories.size() > SHOWN ? ", ..." : "");
        return List.of(column.name(), role, values, String.valueOf(column.missing()));
    }
}
