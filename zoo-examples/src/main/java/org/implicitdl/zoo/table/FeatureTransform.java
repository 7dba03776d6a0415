package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.util.ndarray.RecordConverter;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * From the cells of a row to features, by DataVec: a missing number becomes the mean of the rows that the transformation
 * was made from; categories become one-hot columns, with a missing one as a category of its own if it was missing in these
 * rows, and all zeros for a category that is not known; columns that never change are left out.
 */
public final class FeatureTransform {
    private final Schema inputs;
    private final TransformProcess process;

    /**
     * @param inputs the columns that are taken, of numbers and categories
     * @param process from their texts to features
     */
    FeatureTransform(Schema inputs, TransformProcess process) {
        this.inputs = inputs;
        this.process = process;
    }

    /**
     * A transformation whose means, and constant columns, are those of some rows, the training rows.
     *
     * @throws TableException if no feature changes in these rows, or two features would have the same name
     */
    public static FeatureTransform fit(TableSchema schema, CsvTable table, int[] rows) {
        return new FeatureSteps(schema, table, rows).transform();
    }

    /** Reads what {@link #inputsToJson} and {@link #processToJson} wrote. */
    public static FeatureTransform fromJson(String inputs, String process) {
        return new FeatureTransform(Schema.fromJson(inputs), TransformProcess.fromJson(process));
    }

    /** The columns that a table must have, as DataVec writes a schema. */
    public String inputsToJson() {
        return inputs.toJson();
    }

    /** All steps, as DataVec writes them. */
    public String processToJson() {
        return process.toJson();
    }

    /** The names of the features. */
    public List<String> columns() {
        return process.getFinalSchema().getColumnNames();
    }

    /** What DataVec calls the feature of a category. */
    static String oneHot(String column, String category) {
        return column + "[" + category + "]";
    }

    /**
     * The features of some rows of a table that has the columns, in whatever order.
     *
     * @return [rows, features] of type DOUBLE
     * @throws TableException if a column is missing, or a cell of a column of numbers is none
     */
    public INDArray apply(CsvTable table, int[] rows) {
        List<InputColumn> columns = inputColumns(table);
        List<List<Writable>> records = new ArrayList<>(rows.length);
        for (int row : rows) {
            records.add(process.execute(record(table.rows().get(row), columns)));
        }
        INDArray features = RecordConverter.toMatrix(DataType.DOUBLE, records);
        List<String> names = columns();
        for (int i = 0; i < rows.length; i++) {
            for (InputColumn column : columns) {
                for (String feature : column.cleared(table.rows().get(rows[i]))) {
                    if (names.contains(feature)) {
                        features.putScalar(i, names.indexOf(feature), 0);
                    }
                }
            }
        }
        return features;
    }

    /** What {@link #apply} puts in the place of cells that are missing or not known, a line for each such column. */
    public List<String> replacements(CsvTable table, int[] rows) {
        return inputColumns(table).stream()
                .flatMap(column -> column.replacements(rows).stream())
                .toList();
    }

    private List<InputColumn> inputColumns(CsvTable table) {
        List<String> names = inputs.getColumnNames();
        AbsentColumns.of(table, names).ifPresent(absent -> {
            throw absent.needed();
        });
        return names.stream()
                .map(name -> InputColumn.of(inputs.getMetaData(name), table))
                .toList();
    }

    private static List<Writable> record(Row row, List<InputColumn> columns) {
        return columns.stream()
                .<Writable>map(column -> new Text(column.text(row)))
                .toList();
    }
}
