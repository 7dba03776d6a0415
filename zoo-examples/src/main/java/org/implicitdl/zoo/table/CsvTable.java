package org.implicitdl.zoo.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.data.InputFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A table as text: every row has a cell for every column.
 *
 * @param name what messages and reports call it
 * @param columns their names
 * @param rows at least one
 */
public record CsvTable(String name, List<String> columns, List<Row> rows) {
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
                throw new TableException(name + " has " + Count.of(columns.size(), "column") + ", but line "
                        + row.line() + " has " + Count.of(row.cells().size(), "cell")
                        + "; look there for a missing or unquoted delimiter.");
            }
        }
    }

    /**
     * Reads a CSV file, plain or gzipped, in UTF-8. Blank lines are skipped.
     *
     * @throws TableException if there is no such file, it is empty, or a line does not fit
     */
    public static CsvTable read(Path file, CsvFormat format) {
        InputFile.require(file, TableException::new);
        try (InputStream stream = Files.newInputStream(file)) {
            return new CsvReader(file.getFileName().toString(), format).read(stream);
        } catch (IOException e) {
            throw new TableException(
                    "The file '" + file + "' cannot be read (" + e.getMessage() + "); check it, and fetch it again.",
                    e);
        }
    }

    /**
     * The table as numbers.
     *
     * @return [rows, columns], of type DOUBLE
     * @throws TableException if a cell is missing, or is no finite number
     */
    public INDArray numbers() {
        return Nd4j.create(rows.stream().map(this::numbers).toArray(double[][]::new));
    }

    private double[] numbers(Row row) {
        for (int i = 0; i < columns.size(); i++) {
            String cell = row.cells().get(i);
            if (!Cell.isNumber(cell)) {
                throw new TableException(name + " must hold finite numbers alone, but line " + row.line() + " has "
                        + (Cell.isMissing(cell) ? "none" : "'" + cell + "'") + " in column '" + columns.get(i) + "'.");
            }
        }
        return row.cells().stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** The positions of all rows. */
    public int[] allRows() {
        return IntStream.range(0, rows.size()).toArray();
    }

    /** Whether there is a column of this name. */
    public boolean has(String column) {
        return columns.contains(column);
    }

    /**
     * The cells of a column.
     *
     * @throws TableException if there is none of this name, with the names that there are
     */
    List<String> cells(String column) {
        int index = indexOf(column);
        return rows.stream().map(row -> row.cells().get(index)).toList();
    }

    /** The places of columns, in their order; throws if one is not there, as {@link #cells} does. */
    int[] indicesOf(List<String> names) {
        AbsentColumns.of(this, names).ifPresent(absent -> {
            throw absent.named();
        });
        return names.stream().mapToInt(columns::indexOf).toArray();
    }

    int indexOf(String column) {
        return indicesOf(List.of(column))[0];
    }
}
