package org.implicitdl.zoo.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A CSV file (RFC 4180, but lines end with a line feed). Numbers are written with the digits that restore them exactly.
 *
 * @param header the names of the columns
 * @param records the values, record by record
 */
public record CsvFile(List<String> header, List<List<Object>> records) implements OutputFolder.Content {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(writer, FORMAT);
        printer.printRecord(header);
        for (List<Object> values : records) {
            printer.printRecord(values);
        }
        printer.flush();
    }
}
