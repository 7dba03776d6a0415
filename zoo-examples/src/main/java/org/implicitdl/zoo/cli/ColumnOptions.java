package org.implicitdl.zoo.cli;

import java.util.Optional;
import java.util.Set;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.NamedTable;
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

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "Columns that are left out.")
    private Set<String> ignored = Set.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns whose numbers are names, or that have more than 50 different texts.")
    private Set<String> categorical = Set.of();

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
                                + String.join(", ", table.columns())));
        return TableData.of(table, new SchemaOptions(column, Optional.ofNullable(task), ignored, categorical));
    }
}
