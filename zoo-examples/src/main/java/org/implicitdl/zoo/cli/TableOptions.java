package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.implicitdl.zoo.table.CsvFormat;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.SchemaOptions;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Task;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What can be said of a table. */
final class TableOptions {
    /** The tables that are shipped, for help texts and messages. */
    static final String NAMES = String.join(
            ", ", Arrays.stream(NamedTable.values()).map(NamedTable::toString).toList());

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column that is predicted (needed for a file; a shipped table has its own).")
    private String label;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "One of ${COMPLETION-CANDIDATES} (default: classes if the label is text or at most 20 different"
                            + " whole numbers).")
    private Task task;

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "Columns that are left out.")
    private Set<String> ignored = Set.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns whose numbers are names.")
    private Set<String> categorical = Set.of();

    @Option(
            names = "--header",
            negatable = true,
            description = "The first line names the columns, or does not (default: it does unless it has a number).")
    private Boolean header;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "What stands between cells (default: comma, semicolon or tab, as the first line has it).")
    private Character delimiter;

    /**
     * The table of a name or a file.
     *
     * @throws ParameterException if there is neither, or a file without a label
     */
    TableData read(String source, CommandSpec spec) {
        Optional<NamedTable> named = NamedTable.of(source.toLowerCase(Locale.ROOT));
        Path file = Path.of(source);
        if (named.isEmpty() && !file.toFile().exists()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is neither a file '" + source + "' nor a shipped table of that name; there are " + NAMES);
        }
        if (named.isEmpty() && label == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say with --label which column of '" + source + "' is predicted; there are "
                            + String.join(", ", CsvTable.read(file, format()).columns()));
        }
        CsvTable table = named.map(NamedTable::read).orElseGet(() -> CsvTable.read(file, format()));
        String column = label == null ? named.map(NamedTable::label).orElseThrow() : label;
        return TableData.of(table, new SchemaOptions(column, Optional.ofNullable(task), ignored, categorical));
    }

    private CsvFormat format() {
        return new CsvFormat(Optional.ofNullable(header), Optional.ofNullable(delimiter));
    }
}
