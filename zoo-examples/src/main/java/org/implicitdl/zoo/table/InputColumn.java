package org.implicitdl.zoo.table;

import java.util.List;
import java.util.Optional;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;

/** A column that a transformation takes, in a table that has it. */
sealed interface InputColumn permits NumberInput, CategoryInput {

    /** The column of a table that a transformation describes. */
    static InputColumn of(ColumnMetaData column, CsvTable table) {
        int place = table.indexOf(column.getName());
        return column instanceof CategoricalMetaData categories
                ? CategoryInput.of(table, column.getName(), place, categories.getStateNames())
                : new NumberInput(table, column.getName(), place);
    }

    /** What DataVec is given for the cell of a row; throws if it cannot be taken. */
    String text(Row row);

    /** The features that are all zero in a row, whatever DataVec makes of its text. */
    List<String> cleared(Row row);

    /** What is put in the place of cells of some rows, in a line; empty if all are taken as they are. */
    Optional<String> replacements(int[] rows);
}
