package org.implicitdl.zoo.table;

import java.util.List;

/**
 * What a column holds.
 *
 * @param name its name
 * @param categories what its cells may say, in order; empty for a column of numbers
 * @param missing how many cells are empty
 */
public record Column(String name, List<String> categories, long missing) {

    /** A copy that nobody else can change. */
    public Column {
        categories = List.copyOf(categories);
    }

    /** Whether the cells are numbers, not categories. */
    public boolean isNumber() {
        return categories.isEmpty();
    }
}
