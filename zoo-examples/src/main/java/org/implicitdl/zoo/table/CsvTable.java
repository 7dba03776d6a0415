package org.implicitdl.zoo.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.InputStreamInputSplit;

/**
 * A table as text: every row has a cell for every column.
 *
 * @param name what messages and reports call it
 * @param columns their names
 * @param rows at least one
 */
public record CsvTable(String name, List<String> columns, List<Row> rows) {
    private static final int SHOWN = 20;

    /** @throws TableException if there is no row, a row is longer or shorter than the header, or a name occurs twice */
    public CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new TableException(name + " has no rows; a table needs at least one below its header.");
        }
        Set<String> names = new HashSet<>();
        for (String column : columns) {
            if (!names.add(column)) {
                throw new TableException(
                        name + " has two columns called '" + column + "'; every column needs a name of its own.");
            }
        }
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new TableException(name + " has " + columns.size() + " columns, but line " + row.line() + " has "
                        + row.cells().size() + " cells; look there for a missing or unquoted delimiter.");
            }
        }
    }

    /**
     * Reads a CSV file, plain or gzipped, in UTF-8. Blank lines are skipped.
     *
     * @throws TableException if there is no such file, it is empty, or a line does not fit
     */
    public static CsvTable read(Path file, CsvFormat format) {
        if (!Files.isRegularFile(file)) {
            throw new TableException("There is no file '" + file + "'.");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            boolean zipped = file.toString().endsWith(".gz");
            return read(file.getFileName().toString(), zipped ? new GZIPInputStream(stream) : stream, format);
        } catch (IOException e) {
            throw new TableException("The file '" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }

    static CsvTable read(String name, InputStream stream, CsvFormat format) throws IOException {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        // Some programs put a byte order mark in front of the first name.
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (content.isBlank()) {
            throw new TableException(name + " is empty; a table needs at least one row.");
        }
        List<Row> lines = lines(
                name, content, format.delimiterOf(content.lines().findFirst().orElseThrow()));
        Row first = lines.get(0);
        boolean header = format.header().orElse(first.cells().stream().noneMatch(Cell::isNumber));
        List<String> columns = IntStream.range(0, first.cells().size())
                .mapToObj(i -> header && !first.cells().get(i).isEmpty()
                        ? first.cells().get(i)
                        : "column" + (i + 1))
                .toList();
        return new CsvTable(name, columns, header ? lines.subList(1, lines.size()) : lines);
    }

    private static List<Row> lines(String name, String content, char delimiter) throws IOException {
        List<Row> lines = new ArrayList<>();
        int line = 0;
        try (CSVRecordReader reader = new CSVRecordReader(0, delimiter)) {
            reader.initialize(
                    new InputStreamInputSplit(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))));
            while (reader.hasNext()) {
                line++;
                List<String> cells = reader.next().stream()
                        .map(cell -> Cell.normalized(cell.toString()))
                        .toList();
                if (cells.size() > 1 || !cells.get(0).isEmpty()) {
                    lines.add(new Row(line, cells));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (RuntimeException e) {
            throw new TableException(name + " cannot be read at line " + line + ": " + rootMessage(e), e);
        }
        return lines;
    }

    private static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : rootMessage(failure.getCause());
    }

    /**
     * Where a column is.
     *
     * @throws TableException if there is none of this name, with the names that there are
     */
    int indexOf(String column) {
        int index = columns.indexOf(column);
        if (index >= 0) {
            return index;
        }
        String meant = columns.stream()
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .map(other -> "; did you mean '" + other + "'?")
                .orElse(".");
        throw new TableException(name + " has no column '" + column + "'; there are "
                + String.join(", ", columns.subList(0, Math.min(SHOWN, columns.size())))
                + (columns.size() > SHOWN ? " and " + (columns.size() - SHOWN) + " more" : "") + meant);
    }

    /** Whether there is a column of this name. */
    public boolean has(String column) {
        return columns.contains(column);
    }

    /** The cells of a column. */
    List<String> cells(String column) {
        int index = indexOf(column);
        return rows.stream().map(row -> row.cells().get(index)).toList();
    }
}
