package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what the columns of a table hold. */
final class SchemaInference {
    private final CsvTable table;
    private final SchemaOptions options;

    /** @throws TableException if a column that is named is not there */
    SchemaInference(CsvTable table, SchemaOptions options) {
        this.table = table;
        this.options = options;
        List<String> named = new ArrayList<>(List.of(options.label()));
        named.addAll(options.ignored());
        named.addAll(options.categorical());
        table.indicesOf(named);
    }

    TableSchema schema() {
        refuseContradictions();
        Column label = new LabelInference(values(options.label()), options).column();
        List<Column> columns = table.columns().stream()
                .filter(name -> !name.equals(options.label()))
                .map(this::column)
                .toList();
        TableSchema schema = new TableSchema(columns, label, notes(columns, label));
        if (schema.features().isEmpty()) {
            throw new TableException(table.name() + " has no column of numbers or categories beside the label '"
                    + options.label() + "' to predict it from"
                    + (options.ignored().isEmpty() ? "." : "; leave less out."));
        }
        return schema;
    }

    private Map<String, String> notes(List<Column> columns, Column label) {
        Map<String, String> notes = new HashMap<>();
        columns.forEach(column ->
                ColumnNotes.feature(column, values(column.name())).ifPresent(note -> notes.put(column.name(), note)));
        ColumnNotes.label(label, values(label.name())).ifPresent(note -> notes.put(label.name(), note));
        return notes;
    }

    private void refuseContradictions() {
        if (options.ignored().contains(options.label())) {
            throw new TableException("The label '" + options.label()
                    + "' cannot be left out as well; take another label, or leave out other columns.");
        }
        if (options.categorical().contains(options.label())) {
            throw new TableException("That the label '" + options.label()
                    + "' holds classes is said by --task classification, not by --categorical.");
        }
        for (String name : options.ignored()) {
            if (options.categorical().contains(name)) {
                throw new TableException("The column '" + name
                        + "' cannot be left out and categorical; name it in --ignore or in --categorical.");
            }
        }
    }

    private Column column(String name) {
        ColumnValues values = values(name);
        if (options.ignored().contains(name)) {
            return new UnusedColumn(name, values.missing(), "as asked");
        }
        if (values.present().isEmpty()) {
            return new UnusedColumn(name, values.missing(), "no values");
        }
        if (options.categorical().contains(name)) {
            return values.categories();
        }
        if (values.areNumbers()) {
            return values.numbers();
        }
        values.refuseStrayText("--categorical " + name);
        CategoryColumn categories = values.categories();
        return categories.categories().size() <= SchemaOptions.MOST_CATEGORIES
                ? categories
                : new UnusedColumn(
                        name, values.missing(), categories.categories().size() + " different texts");
    }

    private ColumnValues values(String name) {
        return ColumnValues.of(table, name);
    }
}
