package org.implicitdl.zoo.table;

import java.util.ArrayList;
import java.util.List;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.util.ndarray.RecordConverter;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * From the cells of a row to features, by DataVec: a missing number becomes the mean of the rows that the transformation
 * was made from, categories become one-hot columns with a missing one as a category of its own, and columns that never
 * change are left out.
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

    /**
     * The features of some rows of a table that has the columns, in whatever order.
     *
     * @return [rows, features] of type DOUBLE
     * @throws TableException if a column is missing, or a cell has no place in it
     */
    public INDArray apply(CsvTable table, int[] rows) {
        int[] places = table.indicesOf(inputs.getColumnNames());
        List<List<Writable>> records = new ArrayList<>(rows.length);
        for (int row : rows) {
            records.add(process.execute(record(table, table.rows().get(row), places)));
        }
        return RecordConverter.toMatrix(DataType.DOUBLE, records);
    }

    private List<Writable> record(CsvTable table, Row row, int[] places) {
        List<Writable> record = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            String cell = row.cells().get(places[i]);
            requirePlace(cell, inputs.getMetaData(i), table, row);
            record.add(new Text(cell));
        }
        return record;
    }

    private static void requirePlace(String cell, ColumnMetaData column, CsvTable table, Row row) {
        if (column instanceof CategoricalMetaData categories) {
            if (!categories.getStateNames().contains(cell)) {
                throw refusal(cell, column, table, row, Names.some(categories.getStateNames()) + ".");
            }
        } else if (!Cell.isMissing(cell) && !Cell.isNumber(cell)) {
            throw refusal(cell, column, table, row, "numbers, or nothing for a missing value.");
        }
    }

    private static TableException refusal(
            String cell, ColumnMetaData column, CsvTable table, Row row, String expected) {
        return new TableException("Line " + row.line() + " of " + table.name() + " has '" + cell + "' in column '"
                + column.getName() + "', which takes " + expected);
    }
}
