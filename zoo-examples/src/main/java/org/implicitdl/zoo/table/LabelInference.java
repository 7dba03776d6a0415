package org.implicitdl.zoo.table;

import java.util.List;
import org.implicitdl.text.Count;

/** Finds out whether the label is a class or a number, and whether it can be learned. */
final class LabelInference {
    private static final int MOST_NUMERIC_CLASSES = 20;

    private final ColumnValues values;
    private final SchemaOptions options;

    LabelInference(ColumnValues values, SchemaOptions options) {
        this.values = values;
        this.options = options;
    }

    /** @throws TableException if a label is missing, is text among numbers, or there is nothing to learn */
    Column column() {
        if (values.missing() > 0) {
            throw new TableException(label() + " is missing in " + Count.of(values.missing(), "row")
                    + ", first in line " + values.line("") + "; fill it in, or remove these rows.");
        }
        return options.task().orElseGet(this::task) == Task.CLASSIFICATION ? classes() : numbers();
    }

    private Task task() {
        if (!values.areNumbers()) {
            values.refuseStrayText("--task classification");
            return Task.CLASSIFICATION;
        }
        boolean whole =
                values.present().stream().mapToDouble(Double::parseDouble).allMatch(value -> value == Math.rint(value));
        return whole && values.categories().categories().size() <= MOST_NUMERIC_CLASSES
                ? Task.CLASSIFICATION
                : Task.REGRESSION;
    }

    private NumberColumn numbers() {
        if (!values.areNumbers()) {
            throw values.strayText("and a regression takes numbers", "--task classification");
        }
        NumberColumn numbers = values.numbers();
        if (numbers.least() == numbers.greatest()) {
            throw new TableException(label() + " is " + values.present().get(0) + " in every row; there is nothing to"
                    + " learn. Name another column by --label, or take rows that differ in it.");
        }
        return numbers;
    }

    private CategoryColumn classes() {
        CategoryColumn classes = values.categories();
        List<String> names = classes.categories();
        if (names.size() == 1) {
            throw new TableException(label() + " has one class only, '" + names.get(0) + "'; there is nothing to"
                    + " learn. Name another column by --label, or take rows of other classes too.");
        }
        int[] counts = counts(names);
        for (int k = 0; k < counts.length; k++) {
            String name = names.get(k);
            if (counts[k] == 1) {
                throw new TableException("The class '" + name + "' of the label '" + values.name()
                        + "' has one row only, in line " + values.line(name)
                        + "; each class needs at least 2, one for training and one that is held out."
                        + (values.areNumbers() ? " If it is a number to predict, say --task regression." : ""));
            }
        }
        return classes;
    }

    private int[] counts(List<String> names) {
        Categories classes = Categories.of(names);
        int[] counts = new int[names.size()];
        values.present().forEach(cell -> counts[classes.indexOf(cell)]++);
        return counts;
    }

    private String label() {
        return "The label '" + values.name() + "' of " + values.table().name();
    }
}
