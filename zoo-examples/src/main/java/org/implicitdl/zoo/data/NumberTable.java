package org.implicitdl.zoo.data;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Features in a text file of numbers: one sample a line, separated by commas, without a header. */
public final class NumberTable {
    private NumberTable() {}

    /**
     * Reads a table.
     *
     * @return [lines, numbers], of type DOUBLE
     * @throws DataFileException if the file cannot be read, is empty, or a line holds no numbers or not as many as the first
     */
    public static INDArray read(Path file) {
        List<String> lines = lines(file);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                double[] row = row(file, i + 1, lines.get(i));
                if (!rows.isEmpty() && row.length != rows.get(0).length) {
                    throw new DataFileException("Line " + (i + 1) + " of '" + file + "' must hold " + rows.get(0).length
                            + " numbers like the first, but holds " + row.length + ".");
                }
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new DataFileException("The file '" + file + "' holds no numbers; write one sample a line.");
        }
        return Nd4j.create(rows.toArray(double[][]::new));
    }

    private static List<String> lines(Path file) {
        InputFile.require(file, DataFileException::new);
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new DataFileException("The file '" + file + "' is no text; numbers separated by commas are read.");
        } catch (IOException e) {
            throw new DataFileException("The file '" + file + "' cannot be read: " + e.getMessage() + ".");
        }
    }

    private static double[] row(Path file, int line, String text) {
        String[] cells = text.split(",", -1);
        double[] row = new double[cells.length];
        for (int j = 0; j < cells.length; j++) {
            row[j] = number(cells[j].strip());
            if (!Double.isFinite(row[j])) {
                throw new DataFileException("Number " + (j + 1) + " in line " + line + " of '" + file + "' is '"
                        + cells[j].strip() + "'; finite numbers separated by commas are read, without a header.");
            }
        }
        return row;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
