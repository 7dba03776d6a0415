package org.implicitdl.zoo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.implicitdl.zoo.table.CsvFormat;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.NamedTable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How a CSV file is read, where that cannot be told from its first line. */
final class CsvOptions {
    @Option(
            names = "--header",
            negatable = true,
            description = "The first line names the columns, or does not (default: it does unless one of its cells is a"
                    + " number).")
    private Boolean header;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            converter = DelimiterConverter.class,
            description = "What stands between cells, a character or 'tab' (default: comma, semicolon, tab or bar, as"
                    + " the first line has it).")
    private Character delimiter;

    /** A character, or the word for the one that shells make hard to type. */
    static final class DelimiterConverter implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            if (text.equalsIgnoreCase("tab")) {
                return '\t';
            }
            if (text.length() != 1 || text.equals("\"")) {
                throw new TypeConversionException(
                        "'" + text + "' is no delimiter; give a character that is no quotation mark, or 'tab'");
            }
            return text.charAt(0);
        }
    }

    /** The shipped table of a name. */
    static Optional<NamedTable> named(String source) {
        return NamedTable.of(source.toLowerCase(Locale.ROOT));
    }

    /**
     * The file that a table comes from; none for a shipped one.
     *
     * @param name what the user calls it
     */
    static List<NamedFile> files(String name, String source) {
        return named(source).isPresent() ? List.of() : List.of(new NamedFile(name, Path.of(source)));
    }

    /**
     * The shipped table of a name, or that of a file.
     *
     * @throws ParameterException if there is neither
     * @throws org.implicitdl.zoo.table.TableException if the file cannot be read
     */
    CsvTable read(String source, CommandLine line) {
        Optional<NamedTable> named = named(source);
        if (named.isEmpty() && !Files.exists(Path.of(source))) {
            throw new ParameterException(
                    line,
                    "There is neither a file '" + source + "' nor a shipped table of that name; there are "
                            + Arrays.stream(NamedTable.values())
                                    .map(NamedTable::toString)
                                    .collect(Collectors.joining(", ")));
        }
        if (named.isPresent() && (header != null || delimiter != null)) {
            throw new ParameterException(
                    line,
                    "The shipped table '" + source + "' is not read with --header or --delimiter; leave them out");
        }
        return named.map(NamedTable::read)
                .orElseGet(() -> CsvTable.read(
                        Path.of(source), new CsvFormat(Optional.ofNullable(header), Optional.ofNullable(delimiter))));
    }
}
