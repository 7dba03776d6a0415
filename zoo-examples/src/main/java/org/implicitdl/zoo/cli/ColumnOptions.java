package org.implicitdl.zoo.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.Names;
import org.implicitdl.zoo.table.SchemaOptions;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Task;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What can be said of the columns of a table. */
final class ColumnOptions {
    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column that is predicted (needed for a file; a shipped table has its own).")
    private String label;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification or regression (default: classification if the label is text or has at most"
                    + " 20 different values, all whole).")
    private Task task;

    @Option(
            names = "--ignore",
            paramLabel = "COLUMNS",
            description =
                    "Columns that are left out, with commas between them; a name that has a comma itself alone. Can"
                            + " be given more than once.")
    private List<String> ignored = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMNS",
            description = "Columns whose numbers are names, or that have more than 50 different texts; written as those"
                    + " of --ignore.")
    private List<String> categorical = List.of();

    @Mixin
    private CsvOptions format;

    /**
     * A shipped table or that of a file, its columns understood.
     *
     * @throws ParameterException if there is no such table, or a file without a label
     * @throws org.implicitdl.zoo.table.TableException if it cannot be learned
     */
    TableData read(String source, CommandLine line) {
        CsvTable table = format.read(source, line);
        String column = Optional.ofNullable(label)
                .or(() -> CsvOptions.named(source).map(NamedTable::label))
                .orElseThrow(() -> new ParameterException(
                        line,
                        "Say with --label which column of " + table.name() + " is predicted; there are "
                                + Names.some(table.columns())));
        return TableData.of(
                table,
                new SchemaOptions(column, Optional.ofNullable(task), names(ignored, table), names(categorical, table)));
    }

    /** What has commas is a list, unless a column is called so. */
    private static Set<String> names(List<String> texts, CsvTable table) {
        return texts.stream()
                .flatMap(text -> table.has(text) ? Stream.of(text) : Stream.of(text.split(",")))
                .collect(Collectors.toSet());
    }
}
