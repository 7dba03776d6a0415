package org.implicitdl.zoo.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Tables from lines of text. */
public final class Tables {
    private Tables() {}

    /** A table called "table.csv". */
    public static CsvTable of(String... lines) {
        return of(CsvFormat.detected(), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static CsvTable of(CsvFormat format, byte[] bytes) {
        try {
            return new CsvReader("table.csv", format).read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SchemaOptions as(String label, Task task) {
        return new SchemaOptions(label, Optional.of(task), Set.of(), Set.of());
    }
}
