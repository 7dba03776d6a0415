package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.implicitdl.zoo.fit.report.FitReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    private void fit(String... arguments) {
        int code = run(Stream.of(
                        Stream.of("fit"),
                        Stream.of(arguments),
                        Stream.of("--out", results().toString()))
                .flatMap(words -> words)
                .toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
    }

    private List<String> predict(Path rows) throws IOException {
        Path file = temporary.resolve("new/predicted.csv");
        int code = run("predict", results().resolve("model.zip").toString(), rows.toString(), "--out", file.toString());
        assertThat(code).as(err.toString()).isZero();
        return Files.readAllLines(file);
    }

    /** 80 rows whose answer is their color; every tenth size is missing. */
    private Path colors() throws IOException {
        Random random = new Random(5);
        return table(Stream.concat(
                        Stream.of("color,size,answer"),
                        Stream.generate(() -> {
                                    boolean red = random.nextBoolean();
                                    String size = random.nextInt(10) == 0
                                            ? ""
                                            : String.format(Locale.ROOT, "%.3f", random.nextDouble());
                                    return (red ? "red," : "blue,") + size + (red ? ",yes" : ",no");
                                })
                                .limit(80))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "iris; species; 30; --trainer bcd --sweeps 5; always 'setosa'",
                "wine; cultivar; 36; --states 6 --sweeps 3; implicit BCD",
                "breast-cancer; diagnosis; 113; --trainer adam --epochs 5 --hidden 0; no hidden layer",
                "digits; digit; 359; --trainer sgd --epochs 2 --batch 64 --hidden 16,8; hidden layers of 16, 8 units",
                "diabetes; progression; 88; --sweeps 3 --polish 2; always the training mean"
            })
    void aShippedTableIsFittedByItsName(String name, String label, int heldOut, String options, String said)
            throws IOException {
        fit(Stream.concat(Stream.of(name), Stream.of(options.split(" "))).toArray(String[]::new));

        assertThat(results().toFile().list()).containsExactlyInAnyOrderElementsOf(FitReport.FILES);
        assertThat(out.toString()).contains(label, said, "network, training rows", "network, held-out rows");
        assertThat(Files.readString(results().resolve("report.md")))
                .contains("# " + name + ": " + label, said, heldOut + " held out", "## Columns", "1 thread");
        assertThat(Files.readAllLines(results().resolve("predictions.csv")))
                .hasSize(1 + heldOut)
                .first()
                .asString()
                .startsWith("line," + label + ",predicted_" + label);
        assertThat(ImageIO.read(results().resolve("held-out.png").toFile())).isNotNull();
    }

    @Test
    void theModelPredictsNewRowsWithAndWithoutALabel() throws IOException {
        fit(colors().toString(), "--label", "answer");
        assertThat(out.toString()).contains("category", "2: blue, red", "100.00 %");

        List<String> without = predict(table("size,color,extra", "0.5,red,a", ",blue,b"));

        assertThat(without).hasSize(3).startsWith("line,predicted_answer,probability_no,probability_yes");
        assertThat(without.get(1)).startsWith("2,yes,");
        assertThat(without.get(2)).startsWith("3,no,");
        assertThat(out.toString()).doesNotContain("where the label is known");

        List<String> with = predict(table("size,color,answer", "0.5,red,no", ",blue,no", "0.1,red,"));

        assertThat(with).hasSize(4).startsWith("line,answer,predicted_answer,probability_no,probability_yes");
        assertThat(with.get(1)).startsWith("2,no,yes,");
        assertThat(with.get(3)).startsWith("4,,yes,");
        assertThat(out.toString()).contains("3 rows of table.csv", "where the label is known: 50.00 % of 2 rows right");
    }

    @Test
    void theHeldOutRowsAreWhatPredictGivesForThem() throws IOException {
        fit("diabetes", "--sweeps", "3");
        List<String> heldOut = Files.readAllLines(results().resolve("predictions.csv"));

        List<String> all = predict(Path.of("diabetes"));

        assertThat(all).hasSize(1 + 442);
        assertThat(heldOut.stream().skip(1).map(line -> line.split(",")))
                .hasSize(88)
                .allSatisfy(cells -> {
                    // The first row of the table is in line 2.
                    String[] same = all.get(Integer.parseInt(cells[0]) - 1).split(",");
                    assertThat(same[0]).isEqualTo(cells[0]);
                    assertThat(same[1]).isEqualTo(cells[1]);
                    assertThat(Double.parseDouble(same[2])).isCloseTo(Double.parseDouble(cells[2]), within(1e-9));
                });
    }

    static Stream<List<String>> badTables() {
        return Stream.of(
                List.of("a,b;1,x;2,y,3;3,x;4,y", "line 3", "3 cells"),
                List.of("a,b;1,x;2,y;tow,x;4,y", "Line 4", "'tow'", "column 'a'"),
                List.of("a,b;1,x;2,x;3,x;4,x", "one class only, 'x'"),
                List.of("a,b;1,x;2,;3,x;4,y", "'b'", "missing in 1 row", "line 3"),
                List.of("a,b;1,x;2,x;3,y;4,x", "'y'", "one row only", "line 4"),
                List.of("a,c;1,x;2,y;3,x;4,y", "no column 'b'", "a, c"),
                List.of("a,b;1,x;1,y;1,x;1,y", "No feature"),
                List.of("a,b;1,x;\"2,y;3,x;4,y", "line 3", "never closed"),
                List.of("a,b", "no rows"),
                List.of("", "empty"));
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void aTableThatCannotBeLearnedIsOneLineAndEarlierResultsStay(List<String> rowsAndMessage) throws IOException {
        Path earlier = Files.writeString(Files.createDirectory(results()).resolve("model.zip"), "earlier");
        Path file = table(rowsAndMessage.get(0).split(";"));

        assertThat(run(
                        "fit",
                        file.toString(),
                        "--label",
                        "b",
                        "--out",
                        results().toString()))
                .isEqualTo(1);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(rowsAndMessage.subList(1, rowsAndMessage.size()));
        assertThat(results().toFile().list()).containsExactly("model.zip");
        assertThat(earlier).hasContent("earlier");
    }

    private void assertWrongUsage(int code, String... parts) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(parts);
    }

    @Test
    void aFileWithoutALabelIsAnsweredByItsColumns() throws IOException {
        assertWrongUsage(run("fit", colors().toString()), "--label", "color, size, answer");
    }

    @Test
    void neitherAFileNorATableIsAnsweredByThoseThatThereAre() {
        assertWrongUsage(run("fit", "tulips"), "'tulips'", "iris, wine, breast-cancer, digits, diabetes");
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs 5, --epochs",
        "--trainer adam --sweeps 5, --sweeps",
        "--trainer adam --polish 5, --polish",
        "--states 5 --polish 5, --polish",
        "--states 5 --hidden 5, --hidden",
        "--states 0, --states",
        "--hidden 8 --hidden -1, --hidden",
        "--held-out 1, --held-out",
        "--ridge 0, --ridge",
        "--trainer newton, --trainer",
        "--delimiter ab, --delimiter",
        "--delimiter ;, --delimiter"
    })
    void anOptionThatIsWrongOrPlaysNoPartIsNamed(String options, String named) {
        String[] arguments = Stream.concat(Stream.of("fit", "iris"), Stream.of(options.split(" ")))
                .toArray(String[]::new);

        assertWrongUsage(run(arguments), named, "implicit fit --help");
    }

    @Test
    void aTrainerThatCannotTakeTheActivationSaysSo() {
        assertThat(run("fit", "iris", "--activation", "cube", "--out", results().toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("cube", "tanh");
    }

    @Test
    void rowsThatTheModelCannotTakeAreNamedAndNothingIsWritten() throws IOException {
        fit(colors().toString(), "--label", "answer", "--sweeps", "1");
        for (List<String> bad : List.of(
                List.of("size;1", "no column 'color'"),
                List.of("size,color;1,pink", "Line 2", "'pink'", "'color'", "blue, red"),
                List.of("size,color;1,red;big,red", "Line 3", "'big'", "'size'"),
                List.of("size,color,answer;1,red,maybe", "Line 2", "'maybe'", "no, yes"))) {
            Path rows = table(bad.get(0).split(";"));
            Path file = temporary.resolve("predicted.csv");
            err.getBuffer().setLength(0);

            assertThat(run(
                            "predict",
                            results().resolve("model.zip").toString(),
                            rows.toString(),
                            "--out",
                            file.toString()))
                    .isEqualTo(1);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).contains(bad.subList(1, bad.size()));
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aFileThatIsNoModelIsNamed() throws IOException {
        Path file = colors();

        assertThat(run("predict", file.toString(), "iris")).isEqualTo(1);
        assertThat(err.toString()).contains(file.toString(), "'implicit fit'");
    }

    @Test
    void helpNamesFilesTablesAndTrainers() {
        assertThat(run("fit", "--help")).isZero();
        assertThat(out.toString())
                .contains(FitReport.FILES)
                .contains("breast-cancer", "--label", "--states", "nesterovs", "implicit predict");
        assertThat(run("predict", "--help")).isZero();
        assertThat(out.toString()).contains("--out", "MODEL", "flowers.csv");
    }
}
