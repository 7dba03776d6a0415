package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
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
    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private Path table(String... lines) throws IOException {
        return Files.write(temporary.resolve("table.csv"), List.of(lines));
    }

    private Path results() {
        return temporary.resolve("results");
    }

    private String fit(String... arguments) {
        return console.succeed(Stream.of(
                        Stream.of("fit"),
                        Stream.of(arguments),
                        Stream.of("--out", results().toString()))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private Path predicted() {
        return temporary.resolve("new/predicted.csv");
    }

    private String[] predict(Path rows) {
        String model = results().resolve("model.zip").toString();
        return new String[] {
            "predict", model, rows.toString(), "--out", predicted().toString()
        };
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
                "wine; cultivar; 36; --states 6 --sweeps 2 --polish 2; 2 polishing steps",
                "wine; cultivar; 36; --batch 50 --sweeps 3; minibatch BCD",
                "wine; cultivar; 36; --batch 50 --sweeps 3 --states 6; an implicit layer of 6 states",
                "breast-cancer; diagnosis; 113; --trainer adam --epochs 5 --hidden 0; no hidden layer",
                "digits; digit; 359; --trainer sgd --epochs 2 --batch 64 --hidden 16,8; hidden layers of 16, 8 units",
                "diabetes; progression; 88; --sweeps 3 --polish 2; always the training mean"
            })
    void aShippedTableIsFittedByItsName(String name, String label, int heldOut, String options, String said)
            throws IOException {
        String output = fit(
                Stream.concat(Stream.of(name), Stream.of(options.split(" "))).toArray(String[]::new));

        assertThat(results().toFile().list()).containsExactlyInAnyOrderElementsOf(FitReport.FILES);
        assertThat(output).contains(label, said, "network, training rows", "network, held-out rows");
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
        assertThat(fit(colors().toString(), "--label", "answer")).contains("category", "2: blue, red", "100.00 %");

        String output = console.succeed(predict(table("size,color,extra", "0.5,red,a", ",blue,b")));
        List<String> lines = Files.readAllLines(predicted());

        assertThat(output).contains("2 rows of table.csv: answer predicted").doesNotContain("where the label is known");
        assertThat(lines).hasSize(3).startsWith("line,predicted_answer,probability_no,probability_yes");
        assertThat(lines.get(1)).startsWith("2,yes,");
        assertThat(lines.get(2)).startsWith("3,no,");

        output = console.succeed(predict(table("size,color,answer", "0.5,red,no", ",blue,no", "0.1,red,")));
        lines = Files.readAllLines(predicted());

        assertThat(output).contains("3 rows of table.csv", "where the label is known: 50.00 % of 2 rows right");
        assertThat(lines).hasSize(4).startsWith("line,answer,predicted_answer,probability_no,probability_yes");
        assertThat(lines.get(1)).startsWith("2,no,yes,");
        assertThat(lines.get(3)).startsWith("4,,yes,");
    }

    @Test
    void theHeldOutRowsAreWhatPredictGivesForThem() throws IOException {
        fit("diabetes", "--sweeps", "3");
        console.succeed(predict(Path.of("diabetes")));
        List<String> heldOut = Files.readAllLines(results().resolve("predictions.csv"));
        List<String> all = Files.readAllLines(predicted());

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

        String error = console.fail(
                "fit", file.toString(), "--label", "b", "--out", results().toString());

        assertThat(error).contains(rowsAndMessage.subList(1, rowsAndMessage.size()));
        assertThat(results().toFile().list()).containsExactly("model.zip");
        assertThat(earlier).hasContent("earlier");
    }

    @Test
    void aFileWithoutALabelIsAnsweredByItsColumns() throws IOException {
        assertThat(console.misuse("fit", colors().toString())).contains("--label", "color, size, answer");
    }

    @Test
    void neitherAFileNorATableIsAnsweredByThoseThatThereAre() {
        assertThat(console.misuse("fit", "tulips")).contains("'tulips'", "iris, wine, breast-cancer, digits, diabetes");
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs 5, --epochs",
        "--trainer adam --sweeps 5, --sweeps",
        "--trainer adam --polish 5, --polish",
        "--states 5 --batch 50 --polish 5, --polish",
        "--batch 50 --ridge 1, --ridge",
        "--batch 0, --batch",
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

        assertThat(console.misuse(arguments)).contains(named, "implicit fit --help");
    }

    @Test
    void aTrainerThatCannotTakeTheActivationSaysSo() {
        assertThat(console.fail(
                        "fit",
                        "iris",
                        "--activation",
                        "cube",
                        "--out",
                        results().toString()))
                .contains("cube", "tanh");
    }

    static Stream<List<String>> badRows() {
        return Stream.of(
                List.of("size;1", "no column 'color'"),
                List.of("size,color;1,pink", "Line 2", "'pink'", "'color'", "blue, red"),
                List.of("size,color;1,red;big,red", "Line 3", "'big'", "'size'"),
                List.of("size,color,answer;1,red,maybe", "Line 2", "'maybe'", "no, yes"));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void rowsThatTheModelCannotTakeAreNamedAndNothingIsWritten(List<String> rowsAndMessage) throws IOException {
        fit(colors().toString(), "--label", "answer", "--sweeps", "1");
        Path rows = table(rowsAndMessage.get(0).split(";"));

        assertThat(console.fail(predict(rows))).contains(rowsAndMessage.subList(1, rowsAndMessage.size()));
        assertThat(predicted().getParent()).doesNotExist();
    }

    @Test
    void aFileThatIsNoModelIsNamed() throws IOException {
        Path file = colors();

        assertThat(console.fail(
                        "predict", file.toString(), "iris", "--out", predicted().toString()))
                .contains(file.toString(), "'implicit fit'");
    }

    @Test
    void helpNamesFilesTablesAndTrainers() {
        assertThat(console.succeed("fit", "--help"))
                .contains(FitReport.FILES)
                .contains("breast-cancer", "--label", "--states", "nesterovs", "implicit predict");
        assertThat(console.succeed("predict", "--help")).contains("--out", "MODEL", "flowers.csv");
    }
}
