package org.implicitdl.zoo.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;

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
            return CsvTable.read(toString(), stream, CsvFormat.detected());
        } catch (IOException e) {
            throw new UncheckedIOException("The file '" + resource + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static CsvTable digits() {
        ImageSplit images = ImageData.digits(1);
        int pixels = images.train().pixels();
        List<String> columns = Stream.concat(
                        IntStream.range(0, pixels).mapToObj(i -> "pixel" + i), Stream.of(DIGITS.label))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (ImageSet part : List.of(images.train(), images.validation(), images.test())) {
            for (int i = 0; i < part.size(); i++) {
                int image = i;
                Stream<Integer> cells =
                        IntStream.range(0, pixels).mapToObj(pixel -> Math.round(WHITE * part.brightness(image, pixel)));
                rows.add(new Row(
                        rows.size() + 1,
                        Stream.concat(cells, Stream.of(part.label(image)))
                                .map(String::valueOf)
                                .toList()));
            }
        }
        return new CsvTable(DIGITS.toString(), columns, rows);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
