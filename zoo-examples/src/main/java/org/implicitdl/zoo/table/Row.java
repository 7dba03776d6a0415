package org.implicitdl.zoo.table;

import java.util.List;

/**
 * A row of a table.
 *
 * @param line where it stands in its file, counted from 1
 * @param cells one for each column; a missing value is empty
 */
public record Row(int line, List<String> cells) {

    /** A copy that nobody else can change. */
    public Row {
        cells = List.copyOf(cells);
    }
}
