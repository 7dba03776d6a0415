package org.implicitdl.zoo.table;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out what the columns of a table hold. */
final class SchemaInference {
    private static final int MOST_CATEGORIES = 50;
    private static final int MOST_NUMERIC_CLASSES = 20;

    private final CsvTable table;
    private final SchemaOptions options;

    SchemaInference(CsvTable table, SchemaOptions options) {
        this.table = table;
        this.options = options;
        options.ignored().forEach(table::indexOf);
        options.categorical().forEach(table::indexOf);
    }

    TableSchema schema() {
        Column label = label();
        List<Column> features = table.columns().stream()
                .filter(name ->
                        !name.equals(options.label()) && !options.ignored().contains(name))
                .map(this::feature)
                .toList();
        if (features.isEmpty()) {
            throw new TableException(table.name() + " has no column beside the label '" + options.label()
                    + "' to predict it from" + (options.ignored().isEmpty() ? "." : "; leave less out."));
        }
        return new TableSchema(features, label);
    }

    private Column feature(String name) {
        List<String> values = present(name);
        long missing = table.rows().size() - (long) values.size();
        if (values.isEmpty()) {
            throw new TableException("Column '" + name + "' of " + table.name()
                    + " has no value in any row; leave it out with --ignore " + name + ".");
        }
        boolean named = options.categorical().contains(name);
        if (!named && numbers(values) == values.size()) {
            return new Column(name, List.of(), missing);
        }
        if (!named) {
            refuseStrayText(name, values);
        }
        List<String> categories = sorted(values);
        if (categories.size() > MOST_CATEGORIES) {
            throw new TableException("Column '" + name + "' of " + table.name() + " has " + categories.size()
                    + " different texts such as '" + categories.get(0) + "'; at most " + MOST_CATEGORIES
                    + " make categories. Leave it out with --ignore " + name + ".");
        }
        return new Column(name, categories, missing);
    }

    private Column label() {
        String name = options.label();
        List<String> values = present(name);
        if (values.size() < table.rows().size()) {
            throw new TableException("The label '" + name + "' of " + table.name() + " is missing in "
                    + (table.rows().size() - values.size()) + " rows, first in line " + firstLine(name, String::isEmpty)
                    + "; remove these rows, or fill them in.");
        }
        Task task = options.task().orElseGet(() -> inferredTask(name, values));
        if (task == Task.CLASSIFICATION) {
            return classes(name, values);
        }
        if (numbers(values) < values.size()) {
            throw new TableException(strayText(name, "and a regression takes numbers"));
        }
        if (values.stream().map(Double::valueOf).distinct().count() == 1) {
            throw new TableException("The label '" + name + "' of " + table.name() + " is " + values.get(0)
                    + " in every row; there is nothing to learn.");
        }
        return new Column(name, List.of(), 0);
    }

    private Task inferredTask(String name, List<String> values) {
        if (numbers(values) < values.size()) {
            refuseStrayText(name, values);
            return Task.CLASSIFICATION;
        }
        boolean whole = values.stream().mapToDouble(Double::parseDouble).allMatch(value -> value == Math.rint(value));
        return whole && values.stream().distinct().count() <= MOST_NUMERIC_CLASSES
                ? Task.CLASSIFICATION
                : Task.REGRESSION;
    }

    private Column classes(String name, List<String> values) {
        List<String> classes = sorted(values);
        if (classes.size() < 2) {
            throw new TableException("The label '" + name + "' of " + table.name() + " has one class only, '"
                    + classes.get(0) + "'; there is nothing to learn.");
        }
        Map<String, Long> counts = values.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        counts.forEach((value, count) -> {
            if (count < 2) {
                throw new TableException(
                        "The class '" + value + "' of the label '" + name + "' has one row only, in line "
                                + firstLine(name, value::equals)
                                + "; each class needs at least 2, one for training and one for the test."
                                + (numbers(values) == values.size()
                                        ? " If it is a number to predict, say --task regression."
                                        : ""));
            }
        });
        return new Column(name, classes, 0);
    }

    /** Where most cells are numbers, the others are mistakes rather than categories. */
    private void refuseStrayText(String name, List<String> values) {
        if (2 * numbers(values) >= values.size()) {
            throw new TableException(strayText(name, "but most of the column are numbers"));
        }
    }

    private String strayText(String name, String contrast) {
        int index = table.indexOf(name);
        Row row = table.rows().stream()
                .filter(r -> !Cell.isMissing(r.cells().get(index))
                        && !Cell.isNumber(r.cells().get(index)))
                .findFirst()
                .orElseThrow();
        return "Line " + row.line() + " of " + table.name() + " has '"
                + row.cells().get(index) + "' in column '" + name
                + "', " + contrast
                + "; correct it, leave the cell empty if the value is missing, or say that the column holds categories"
                + " (--categorical " + name + ", or --task classification for the label).";
    }

    private int firstLine(String name, java.util.function.Predicate<String> wanted) {
        int index = table.indexOf(name);
        return table.rows().stream()
                .filter(row -> wanted.test(row.cells().get(index)))
                .findFirst()
                .orElseThrow()
                .line();
    }

    private List<String> present(String name) {
        return table.cells(name).stream().filter(cell -> !Cell.isMissing(cell)).toList();
    }

    private static long numbers(List<String> values) {
        return values.stream().filter(Cell::isNumber).count();
    }

    /** Numbers by their value, texts by the alphabet. */
    private static List<String> sorted(List<String> values) {
        boolean numeric = numbers(values) == values.size();
        Comparator<String> order = numeric
                ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return values.stream().distinct().sorted(order).toList();
    }
}
