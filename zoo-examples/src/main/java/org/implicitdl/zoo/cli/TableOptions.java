package org.implicitdl.zoo.cli;

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

    /** As {@link ColumnOptions#read}. */
    TableData read(CommandLine line) {
        return columns.read(source, line);
    }
}
