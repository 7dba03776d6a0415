package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.zoo.fit.FittedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks for tables, from the command line. */
class FitCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private int run(String... arguments) {
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path table(String... lines) throws IOException {
        return Files.write(temporary.resolve("table.csv"), List.of(lines));
    }

    private Path results() {
        return temporary.resolve("results");
    }

    private void assertRefused(int code, String... parts) {
        assertThat(code).isNotZero();
        assertThat(err.toString()).contains(parts);
        assertThat(results()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"iris, bcd", "iris, adam", "wine, bcd", "breast-cancer, bcd"})
    void aShippedTableIsFittedAndItsModelPredictsTheSameWhenReadAgain(String name, String trainer) throws IOException {
        assertThat(run("fit", name, "--trainer", trainer, "--out", results().toString()))
                .as(err.toString())
                .isZero();

        assertThat(results().toFile().list())
                .containsExactlyInAnyOrder("summary.md", "predictions.csv", "test.png", "model.zip");
        List<String> lines = Files.readAllLines(results().resolve("predictions.csv"));
        assertThat(share(lines)).isGreaterThan(0.85);
        assertThat(FittedModel.load(results().resolve("model.zip")).classes()).isNotEmpty();
    }

    /** The share of lines whose prediction, in the third column, is the label, in the second. */
    private static double share(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .mapToDouble(cells -> cells[1].equals(cells[2]) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void aTableWithTextAndMissingCellsIsFittedAndAnotherOnePredicted() throws IOException {
        Random random = new Random(5);
        Path file = table(Stream.concat(
                        Stream.of("color,size,answer"),
                        Stream.generate(() -> {
                                    boolean red = random.nextBoolean();
                                    double size = random.nextDouble();
                                    return String.format(
                                            Locale.ROOT,
                                            "%s,%s,%s",
                                            red ? "red" : "blue",
                                            random.nextInt(10) == 0 ? "" : String.format(Locale.ROOT, "%.3f", size),
                                            red ? "yes" : "no");
                                })
                                .limit(80))
                .toArray(String[]::new));

        assertThat(run(
                        "fit",
                        file.toString(),
                        "--label",
                        "answer",
                        "--out",
                        results().toString()))
                .as(err.toString())
                .isZero();
        assertThat(share(Files.readAllLines(results().resolve("predictions.csv"))))
                .isEqualTo(1);

        Path rows = table("size,color", "0.5,red", ",blue");
        Path predicted = temporary.resolve("predicted");
        assertThat(run(
                        "predict",
                        results().resolve("model.zip").toString(),
                        rows.toString(),
                        "--out",
                        predicted.toString()))
                .as(err.toString())
                .isZero();
        List<String> lines = Files.readAllLines(predicted.resolve("predictions.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("yes");
        assertThat(lines.get(2)).contains("no");
    }

    @Test
    void aLabelThatIsNoColumnIsNamed() throws IOException {
        Path file = table("a,b", "1,x", "2,y", "3,x", "4,y");

        assertRefused(
                run("fit", file.toString(), "--label", "c", "--out", results().toString()), "c", "a, b");
    }

    @Test
    void aRaggedRowIsNamedByItsLine() throws IOException {
        Path file = table("a,b", "1,x", "2,y,3", "3,x", "4,y");

        assertRefused(
                run("fit", file.toString(), "--label", "b", "--out", results().toString()), "3");
    }

    @Test
    void oneClassAloneIsRefused() throws IOException {
        Path file = table("a,b", "1,x", "2,x", "3,x", "4,x", "5,x", "6,x");

        assertRefused(
                run("fit", file.toString(), "--label", "b", "--out", results().toString()), "class");
    }

    @Test
    void aFileThatIsNotThereOrEmptyIsRefused() throws IOException {
        assertRefused(
                run(
                        "fit",
                        temporary.resolve("none.csv").toString(),
                        "--label",
                        "b",
                        "--out",
                        results().toString()),
                "none.csv");
        assertRefused(
                run(
                        "fit",
                        table().toString(),
                        "--label",
                        "b",
                        "--out",
                        results().toString()),
                "table.csv");
    }

    @Test
    void aModelOfAnotherKindIsRefused() throws IOException {
        Path file = table("a,b", "1,x");

        assertRefused(
                run(
                        "predict",
                        file.toString(),
                        file.toString(),
                        "--out",
                        results().toString()),
                "model.zip");
    }
}
