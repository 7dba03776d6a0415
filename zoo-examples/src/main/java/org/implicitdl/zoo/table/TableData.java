package org.implicitdl.zoo.table;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A table with the meaning of its columns. */
public record TableData(CsvTable table, TableSchema schema) {

    /** A table whose columns are found out. */
    public static TableData of(CsvTable table, SchemaOptions options) {
        return new TableData(table, TableSchema.infer(table, options));
    }

    /** How many rows there are. */
    public int size() {
        return table.rows().size();
    }

    /** What is predicted. */
    public Task task() {
        return schema.task();
    }

    /** The number of outputs: classes, or 1. */
    public int outputs() {
        return Math.max(1, schema.label().categories().size());
    }

    /** The class of every row, by its place among the classes; 0 for all rows of a regression, which has none. */
    public int[] classes() {
        List<String> categories = schema.label().categories();
        return labelCells().stream()
                .mapToInt(cell -> Math.max(0, categories.indexOf(cell)))
                .toArray();
    }

    /** One-hot classes [rows, classes], or numbers [rows, 1]. */
    public INDArray labels(int[] rows) {
        List<String> cells = labelCells();
        INDArray labels = Nd4j.zeros(rows.length, outputs());
        for (int i = 0; i < rows.length; i++) {
            String cell = cells.get(rows[i]);
            if (task() == Task.REGRESSION) {
                labels.putScalar(i, 0, Double.parseDouble(cell));
            } else {
                labels.putScalar(i, schema.label().categories().indexOf(cell), 1);
            }
        }
        return labels;
    }

    /** All rows in their order. */
    public int[] allRows() {
        return IntStream.range(0, size()).toArray();
    }

    private List<String> labelCells() {
        return table.cells(schema.label().name());
    }
}
