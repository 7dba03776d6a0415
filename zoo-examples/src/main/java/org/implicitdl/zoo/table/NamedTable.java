package org.implicitdl.zoo.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;

/** The tables that are shipped. */
public enum NamedTable {
    IRIS("species"),
    WINE("cultivar"),
    BREAST_CANCER("diagnosis"),
    DIGITS("digit"),
    DIABETES("progression");

    private static final int WHITE = 16;

    private final String label;

    NamedTable(String label) {
        this.label = label;
    }

    /** The table of a name such as "breast-cancer", if there is one. */
    public static Optional<NamedTable> of(String name) {
        return Arrays.stream(values())
                .filter(table -> table.toString().equals(name))
                .findFirst();
    }

    /** The column that is meant to be predicted. */
    public String label() {
        return label;
    }

    /** The table with its label. */
    public TableData data() {
        return TableData.of(read(), SchemaOptions.label(label));
    }

    /** The table as text. */
    public CsvTable read() {
        if (this == DIGITS) {
            return digits();
        }
        String resource = this + ".csv";
        try (InputStream stream = NamedTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The file '" + resource + "' is missing in this jar; build it again.");
            }
            return new CsvReader(toString(), CsvFormat.detected()).read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("The file '" + resource + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static CsvTable digits() {
        ImageSet images = ImageData.digits();
        List<String> columns = Stream.concat(
                        IntStream.range(0, images.pixels()).mapToObj(i -> "pixel" + i), Stream.of(DIGITS.label))
                .toList();
        List<Row> rows = IntStream.range(0, images.size())
                .mapToObj(image -> new Row(image + 1, digit(images, image)))
                .toList();
        return new CsvTable(DIGITS.toString(), columns, rows);
    }

    private static List<String> digit(ImageSet images, int image) {
        IntStream pixels =
                IntStream.range(0, images.pixels()).map(pixel -> Math.round(WHITE * images.brightness(image, pixel)));
        return IntStream.concat(pixels, IntStream.of(images.label(image)))
                .mapToObj(String::valueOf)
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
