package org.implicitdl.file;

import org.implicitdl.operator.SparseEntries;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.operator.SparseOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The nonzeros of a sparse matrix.
 *
 * @param rows the number of rows
 * @param cols the number of columns
 * @param starts the stored array of the numbers of entries before each row
 * @param columns the stored array of the columns of the entries
 * @param values the stored array of the entries, or −1 if all are 1, as in a selection
 * @param constant whether the entries are constants that belong to no type
 */
record SparseForm(int rows, int cols, int starts, int columns, int values, boolean constant) {
    private static final int ONES = -1;

    static SparseForm of(SparseOperator operator, ArrayWriter arrays) {
        SparseMatrix matrix = operator.pattern();
        double[] values = new double[matrix.nonzeros()];
        boolean ones = true;
        for (int k = 0; k < values.length; k++) {
            values[k] = matrix.value(k);
            ones &= values[k] == 1;
        }
        DataType type = operator.isConstant() ? DataType.DOUBLE : operator.dataType();
        return new SparseForm(
                matrix.rows(),
                matrix.cols(),
                arrays.add(matrix.rows(), matrix::start),
                arrays.add(matrix.nonzeros(), matrix::column),
                ones && operator.isConstant() ? ONES : arrays.add(values, type),
                operator.isConstant());
    }

    SparseOperator toOperator(ArrayReader arrays) {
        int[] from = arrays.indices(starts);
        int[] column = arrays.indices(columns);
        double[] value = values == ONES ? null : arrays.numbers(values);
        SparseEntries entries = SparseMatrix.entries(rows, cols);
        for (int i = 0; i < rows; i++) {
            int end = i + 1 < rows ? from[i + 1] : column.length;
            for (int k = from[i]; k < end; k++) {
                entries.add(i, column[k], value == null ? 1 : value[k]);
            }
        }
        return constant
                ? SparseOperator.constants(entries.toMatrix())
                : SparseOperator.of(entries.toMatrix(), arrays.type(values));
    }
}
