package org.implicitdl.zoo.cli;

import java.util.List;
import org.implicitdl.zoo.table.TableData;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which table is learned, and what can be said of its columns. */
final class TableOptions {
    @Parameters(
            paramLabel = "FILE",
            description = "A CSV file in UTF-8, plain or gzipped; or one of the shipped tables: iris, wine,"
                    + " breast-cancer, digits, diabetes.")
    private String source;

    @Mixin
    private ColumnOptions columns;

    /** The file that is read; none for a shipped table. */
    List<NamedFile> files() {
        return CsvOptions.files("FILE", source);
    }

    /** As {@link ColumnOptions#read}. */
    TableData read(CommandLine line) {
        return columns.read(source, line);
    }
}
