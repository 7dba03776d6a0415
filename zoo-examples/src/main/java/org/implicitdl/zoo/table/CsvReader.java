package org.implicitdl.zoo.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.datavec.api.records.reader.impl.csv.SerializableCSVParser;
import org.implicitdl.zoo.data.Gzip;

/** Reads the text of a CSV file, plain or gzipped, in UTF-8. Blank lines are skipped; quoted cells may hold line breaks. */
final class CsvReader {
    private static final char QUOTE = '"';
    // DataVec's default, the backslash, would be taken out of cells.
    private static final char NO_ESCAPE = SerializableCSVParser.NULL_CHARACTER;

    private final String name;
    private final CsvFormat format;

    CsvReader(String name, CsvFormat format) {
        this.name = name;
        this.format = format;
    }

    CsvTable read(InputStream stream) throws IOException {
        String text = text(Gzip.unpacked(stream).readAllBytes());
        List<Row> rows = text.isBlank() ? List.of() : rows(text);
        if (rows.isEmpty()) {
            throw new TableException(name + " is empty; a table needs a header and at least one row.");
        }
        Row first = rows.get(0);
        boolean header = format.header().orElse(first.cells().stream().noneMatch(Cell::isNumber));
        List<String> columns = IntStream.range(0, first.cells().size())
                .mapToObj(i -> header && !first.cells().get(i).isEmpty()
                        ? first.cells().get(i)
                        : "column" + (i + 1))
                .toList();
        return new CsvTable(name, columns, header ? rows.subList(1, rows.size()) : rows);
    }

    private String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Some programs put a byte order mark in front of the first name.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new TableException(name + " is no text in UTF-8; save it as CSV in this encoding.", e);
        }
    }

    private List<Row> rows(String text) throws IOException {
        List<String> lines = text.lines().toList();
        char delimiter = format.delimiterOf(
                lines.stream().filter(line -> !line.isBlank()).findFirst().orElseThrow());
        SerializableCSVParser parser = new SerializableCSVParser(delimiter, QUOTE, NO_ESCAPE);
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        int start = 1;
        for (int line = 1; line <= lines.size(); line++) {
            Collections.addAll(cells, parser.parseLineMulti(lines.get(line - 1)));
            if (!parser.isPending()) {
                if (cells.size() > 1 || !cells.get(0).isBlank()) {
                    rows.add(new Row(start, cells.stream().map(Cell::normalized).toList()));
                }
                cells.clear();
                start = line + 1;
            }
        }
        if (parser.isPending()) {
            throw new TableException("A quote that is opened in line " + start + " of " + name
                    + " is never closed; close it, or remove the quotation mark.");
        }
        return rows;
    }
}
