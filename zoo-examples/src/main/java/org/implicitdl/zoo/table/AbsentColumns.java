package org.implicitdl.zoo.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Columns that a table should have, but has not.
 *
 * @param names of those that are not there, at least one
 */
record AbsentColumns(CsvTable table, List<String> names) {

    /** Those of some columns that the table does not have; none if it has all. */
    static Optional<AbsentColumns> of(CsvTable table, List<String> wanted) {
        List<String> absent = wanted.stream().filter(name -> !table.has(name)).toList();
        return absent.isEmpty() ? Optional.empty() : Optional.of(new AbsentColumns(table, absent));
    }

    /** That a user named them. */
    TableException named() {
        return new TableException(statement()
                + there()
                + header().or(this::otherCase).map(hint -> "; " + hint).orElse("."));
    }

    /** That a model needs them. */
    TableException needed() {
        String them = names.size() == 1 ? "it" : "them";
        return new TableException(statement() + ", which the model needs" + there()
                + header().or(this::otherCase)
                        .map(hint -> "; " + hint)
                        .orElse("; add " + them + ", with empty cells where nothing is known, or fit a model without "
                                + them + " (--ignore)."));
    }

    private String statement() {
        return table.name() + " has no column " + Names.all(names);
    }

    private String there() {
        return "; there are " + Names.some(table.columns());
    }

    /** A line of names such as 2019 looks like data, and columns without names are numbered then. */
    private Optional<String> header() {
        List<String> first = table.rows().get(0).cells();
        return first.stream()
                .filter(names::contains)
                .findFirst()
                .map(name -> "its first line has '" + name
                        + "', but was taken as data"
                        + Stream.concat(Stream.of(name), first.stream())
                                .filter(Cell::isNumber)
                                .findFirst()
                                .map(number -> ", because '" + number + "' is a number")
                                .orElse("")
                        + "; if it names the columns, say --header.");
    }

    private Optional<String> otherCase() {
        return names.stream()
                .flatMap(name -> table.columns().stream().filter(name::equalsIgnoreCase))
                .findFirst()
                .map(other -> "did you mean '" + other + "'?");
    }
}
