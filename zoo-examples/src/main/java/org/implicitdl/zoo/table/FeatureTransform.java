package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.datavec.api.records.reader.impl.collection.CollectionRecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.transform.ColumnType;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.condition.column.InvalidValueColumnCondition;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * From the cells of a row to features, by DataVec: a missing number becomes the mean of the rows that it was made from,
 * a missing category one of its own, categories one-hot columns; columns that never change are left out.
 */
public final class FeatureTransform {
    private static final String MISSING = "(missing)";

    private final TransformProcess process;

    private FeatureTransform(TransformProcess process) {
        this.process = process;
    }

    /**
     * A transformation whose means, and constant columns, are those of some rows, the training rows.
     *
     * @throws TableException if no feature changes in these rows
     */
    public static FeatureTransform fit(TableSchema schema, CsvTable table, int[] rows) {
        FeatureTransform all = new FeatureTransform(steps(schema, table, rows).build());
        INDArray features = all.apply(table, rows);
        INDArray range = features.max(0).sub(features.min(0));
        List<String> names = all.columns();
        String[] constant = IntStream.range(0, names.size())
                .filter(i -> range.getDouble(i) == 0)
                .mapToObj(names::get)
                .toArray(String[]::new);
        if (constant.length == names.size()) {
            throw new TableException(
                    "No feature of " + table.name() + " changes from row to row; there is nothing to predict '"
                            + schema.label().name() + "' from.");
        }
        return constant.length == 0
                ? all
                : new FeatureTransform(
                        steps(schema, table, rows).removeColumns(constant).build());
    }

    private static TransformProcess.Builder steps(TableSchema schema, CsvTable table, int[] rows) {
        Schema.Builder columns = new Schema.Builder();
        schema.features().forEach(column -> {
            if (column.isNumber()) {
                columns.addColumnDouble(column.name());
            } else {
                columns.addColumnCategorical(column.name(), categories(column));
            }
        });
        TransformProcess.Builder steps = new TransformProcess.Builder(columns.build());
        for (Column column : schema.features()) {
            Writable replacement =
                    column.isNumber() ? new DoubleWritable(mean(table.cells(column.name()), rows)) : new Text(MISSING);
            if (column.isNumber() || column.missing() > 0) {
                steps.conditionalReplaceValueTransform(
                        column.name(), replacement, new InvalidValueColumnCondition(column.name()));
            }
        }
        schema.features().stream()
                .filter(column -> !column.isNumber())
                .forEach(column -> steps.categoricalToOneHot(column.name()));
        return steps;
    }

    private static List<String> categories(Column column) {
        List<String> categories = new ArrayList<>(column.categories());
        if (column.missing() > 0) {
            categories.add(MISSING);
        }
        return categories;
    }

    private static double mean(List<String> cells, int[] rows) {
        return IntStream.of(rows)
                .mapToObj(cells::get)
                .filter(cell -> !Cell.isMissing(cell))
                .mapToDouble(Double::parseDouble)
                .average()
                .orElse(0);
    }

    /** Reads what {@link #toJson} wrote. */
    public static FeatureTransform fromJson(String json) {
        return new FeatureTransform(TransformProcess.fromJson(json));
    }

    /** The schema and all steps, as DataVec writes them. */
    public String toJson() {
        return process.toJson();
    }

    /** The names of the features. */
    public List<String> columns() {
        return process.getFinalSchema().getColumnNames();
    }

    /** The names of the columns that a table must have. */
    public List<String> inputs() {
        return process.getInitialSchema().getColumnNames();
    }

    /**
     * The features of some rows of a table that has the columns, in whatever order.
     *
     * @return [rows, features]
     * @throws TableException if a column is missing, or a cell has no place in it
     */
    public INDArray apply(CsvTable table, int[] rows) {
        int[] places = inputs().stream().mapToInt(table::indexOf).toArray();
        List<List<Writable>> records = new ArrayList<>(rows.length);
        for (int r : rows) {
            records.add(record(table, table.rows().get(r), places));
        }
        return new RecordReaderDataSetIterator(
                        new TransformProcessRecordReader(new CollectionRecordReader(records), process), rows.length)
                .next()
                .getFeatures();
    }

    private List<Writable> record(CsvTable table, Row row, int[] places) {
        List<Writable> record = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            String cell = row.cells().get(places[i]);
            check(table, row, cell, process.getInitialSchema().getMetaData(i));
            record.add(new Text(cell));
        }
        return record;
    }

    private static void check(CsvTable table, Row row, String cell, ColumnMetaData column) {
        boolean number = column.getColumnType() == ColumnType.Double;
        List<String> known = number ? List.of() : ((CategoricalMetaData) column).getStateNames();
        boolean fits = Cell.isMissing(cell)
                ? number || known.contains(MISSING)
                : number ? Cell.isNumber(cell) : known.contains(cell);
        if (!fits) {
            throw new TableException("Line " + row.line() + " of " + table.name() + " has '" + cell + "' in column '"
                    + column.getName() + "', which takes "
                    + (number ? "numbers, or nothing for a missing value." : String.join(", ", known) + "."));
        }
    }
}
