package org.implicitdl.zoo.table;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A table whose columns are understood. */
public record TableData(CsvTable table, TableSchema schema) {

    /**
     * A table whose columns are found out.
     *
     * @throws TableException as {@link TableSchema#infer} does
     */
    public static TableData of(CsvTable table, SchemaOptions options) {
        return new TableData(table, TableSchema.infer(table, options));
    }

    /** How many rows there are. */
    public int size() {
        return table.rows().size();
    }

    /** The column that is predicted. */
    public Label label() {
        return schema.label();
    }

    /** What is right for some rows: one-hot classes [rows, classes], or numbers [rows, 1]. */
    public INDArray labels(int[] rows) {
        return label().encode(table, rows);
    }

    /**
     * Holds a part of the rows out, of every class alike; which ones, the seed decides.
     *
     * @param part above 0 and below 1
     */
    public Split holdingOut(double part, long seed) {
        return Split.stratified(strata(), part, seed);
    }

    /**
     * Holds a part of some rows out, of every class alike; the other rows are in neither part.
     *
     * @param part above 0 and below 1
     */
    public Split holdingOut(int[] rows, double part, long seed) {
        int[] strata = strata();
        int[] own = Arrays.stream(rows).map(row -> strata[row]).toArray();
        return Split.stratified(own, part, seed).of(rows);
    }

    /**
     * Cross-validation: every row is held out in one of the splits, and every class evenly among them.
     *
     * @param count at least 2
     */
    public List<Split> folds(int count, long seed) {
        return Split.folds(strata(), count, seed);
    }

    /** The class of every row; one for all rows of a regression. */
    private int[] strata() {
        Label label = label();
        return table.cells(label.name()).stream()
                .mapToInt(Categories.of(label.classes())::indexOf)
                .toArray();
    }
}
