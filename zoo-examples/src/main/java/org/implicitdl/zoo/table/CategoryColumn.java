package org.implicitdl.zoo.table;

import java.util.List;

/**
 * A column whose cells name one of a few categories.
 *
 * @param categories in the order of numbers if all are numbers, of the alphabet otherwise; at least one
 */
public record CategoryColumn(String name, int missing, List<String> categories) implements Column {
    private static final int SHOWN = 6;

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
        String first = String.join(", ", categories.subList(0, Math.min(SHOWN, categories.size())));
        return categories.size() + ": " + first + (categories.size() > SHOWN ? ", ..." : "");
    }
}
