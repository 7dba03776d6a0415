package org.implicitdl.zoo.table;

import java.util.List;

/**
 * A column whose cells name one of a few categories.
 *
 * @param categories in the order of numbers if all are numbers, of the alphabet otherwise; at least one
 */
public record CategoryColumn(String name, int missing, List<String> categories) implements Column {
    private static final int WIDTH = 60;

    /** A copy that nobody else can change. */
    public CategoryColumn {
        categories = List.copyOf(categories);
    }

    @Override
    public String kind() {
        return "category";
    }

    @Override
    public String values() {
        String all = String.join(", ", categories);
        return categories.size() + ": " + (all.length() <= WIDTH ? all : all.substring(0, WIDTH - 4) + " ...");
    }
}
