package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command about tables replaces the table, or the model, that it reads. */
class TableFilesTest {
    private static final String ROWS = "a,label\n1,x\n2,y\n3,x\n4,y\n";

    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private Path write(String name) throws IOException {
        return Files.writeString(temporary.resolve(name), ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.csv", "./rows.csv", "none/../rows.csv", "link.csv"})
    void predictionsDoNotReplaceTheRows(String spelled) throws IOException {
        Path rows = write("rows.csv");
        Path model = write("model.zip");
        Files.createSymbolicLink(temporary.resolve("link.csv"), rows);

        assertThat(console.misuse("predict", model.toString(), rows.toString(), "--out", temporary + "/" + spelled))
                .contains("--out would replace FILE", "rows.csv", "name another one");
        assertThat(rows).hasContent(ROWS);
    }

    @Test
    void norTheModel() throws IOException {
        String model = write("model.zip").toString();
        String rows = write("rows.csv").toString();

        assertThat(console.misuse("predict", model, rows, "--out", model)).contains("--out would replace MODEL");
        assertThat(console.misuse("predict", model, "iris", "--out", model)).contains("--out would replace MODEL");
        assertThat(Path.of(model)).hasContent(ROWS);
    }

    @Test
    void theReportOfAFitDoesNotReplaceItsTable() throws IOException {
        Path rows = write("predictions.csv");

        assertThat(console.misuse("fit", rows.toString(), "--label", "label", "--out", temporary.toString()))
                .contains("the report would replace FILE", "predictions.csv");
        assertThat(rows).hasContent(ROWS);
    }

    @Test
    void norDoesThatOfAComparison() throws IOException {
        Path rows = write("candidates.csv");

        assertThat(console.misuse(
                        "compare", "--data", rows.toString(), "--label", "label", "--out", temporary.toString()))
                .contains("the report would replace --data", "candidates.csv");
        assertThat(rows).hasContent(ROWS);
    }
}
