package org.implicitdl.zoo.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.schema.Schema;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The column that is predicted.
 *
 * @param name its name
 * @param classes in the order of the outputs; none if numbers are predicted
 */
public record Label(String name, List<String> classes) {

    /** A copy that nobody else can change. */
    public Label {
        classes = List.copyOf(classes);
    }

    static Label of(Column column) {
        return new Label(column.name(), column instanceof CategoryColumn label ? label.categories() : List.of());
    }

    /** What is predicted. */
    public Task task() {
        return classes.isEmpty() ? Task.REGRESSION : Task.CLASSIFICATION;
    }

    /** The number of outputs: classes, or 1. */
    public int outputs() {
        return Math.max(1, classes.size());
    }

    /** The rows of a table whose label is one that can be predicted; none if it has no such column. */
    public int[] knownRows(CsvTable table) {
        Predicate<String> known = task() == Task.REGRESSION ? Cell::isNumber : Categories.of(classes)::has;
        return rows(table, known);
    }

    /** The rows of a table that have a label, but none that can be predicted. */
    public int[] unknownRows(CsvTable table) {
        int[] known = knownRows(table);
        return IntStream.of(rows(table, cell -> !Cell.isMissing(cell)))
                .filter(row -> Arrays.binarySearch(known, row) < 0)
                .toArray();
    }

    private int[] rows(CsvTable table, Predicate<String> wanted) {
        if (!table.has(name)) {
            return new int[0];
        }
        List<String> cells = table.cells(name);
        return IntStream.range(0, cells.size())
                .filter(row -> wanted.test(cells.get(row)))
                .toArray();
    }

    /**
     * What is right for some rows: one-hot classes [rows, classes], or numbers [rows, 1], of type DOUBLE.
     *
     * @throws TableException if there is no such column, or a cell in it is no class, or no number
     */
    public INDArray encode(CsvTable table, int[] rows) {
        int column = table.indexOf(name);
        Categories categories = Categories.of(classes);
        INDArray encoded = Nd4j.zeros(DataType.DOUBLE, rows.length, outputs());
        for (int i = 0; i < rows.length; i++) {
            Row row = table.rows().get(rows[i]);
            String cell = row.cells().get(column);
            int place = categories.indexOf(cell);
            if (task() == Task.CLASSIFICATION ? place < 0 : !Cell.isNumber(cell)) {
                throw new TableException("Line " + row.line() + " of " + table.name() + " has '" + cell
                        + "' in the label '" + name + "', which takes "
                        + (task() == Task.CLASSIFICATION ? Names.some(classes) : "numbers")
                        + "; correct it, or leave the cell empty.");
            }
            encoded.putScalar(i, Math.max(0, place), place < 0 ? Double.parseDouble(cell) : 1);
        }
        return encoded;
    }

    /** As DataVec writes a schema of one column. */
    public String toJson() {
        Schema.Builder schema = new Schema.Builder();
        return (task() == Task.REGRESSION ? schema.addColumnDouble(name) : schema.addColumnCategorical(name, classes))
                .build()
                .toJson();
    }

    /** Reads what {@link #toJson} wrote. */
    public static Label fromJson(String json) {
        ColumnMetaData column = Schema.fromJson(json).getMetaData(0);
        return new Label(
                column.getName(),
                column instanceof CategoricalMetaData categories ? categories.getStateNames() : List.of());
    }
}
