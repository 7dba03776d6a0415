package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/** Which entries of a matrix belong together. */
public enum Groups {
    /** Each row is a group. */
    ROWS,
    /** Each column is a group. */
    COLUMNS,
    /** All entries are one group. */
    ALL;

    /** A matrix that has the groups for columns; it may share the values. */
    Matrix asColumns(Matrix w) {
        return switch (this) {
            case ROWS -> w.transpose();
            case COLUMNS -> w;
            case ALL -> new Matrix(w.values().length, 1, w.values());
        };
    }

    /** The inverse of {@link #asColumns}, for a matrix that had the given number of rows. */
    Matrix back(Matrix columns, int rows) {
        return switch (this) {
            case ROWS -> columns.transpose();
            case COLUMNS -> columns;
            case ALL -> new Matrix(rows, rows == 0 ? 0 : columns.rows() / rows, columns.values());
        };
    }

    @Override
    public String toString() {
        return switch (this) {
            case ROWS -> "the rows";
            case COLUMNS -> "the columns";
            case ALL -> "all entries";
        };
    }
}
