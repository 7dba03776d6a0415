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
                "wine; cultivar; 36; --sweeps 3; batches of 32",
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

        assertThat(output)
                .contains("2 rows of table.csv: 'answer' predicted")
                .doesNotContain("where the label is known");
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
                List.of("a,c;1,x;2,y;3,x;4,y", "no column 'b'", "'a', 'c'"),
                List.of("2019,b;1,x;2,y;3,x;4,y", "no column 'b'", "'2019' is a number", "--header"),
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
        assertThat(console.misuse("fit", colors().toString())).contains("--label", "'color', 'size', 'answer'");
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
        "--states 5 --hidden 5, --hidden and --states exclude each other; give one of them. See",
        "--states 0, --states",
        "--hidden 8 --hidden -1, '--hidden must be at least 1, or 0 alone for no hidden layer, but are 8,-1'",
        "'--hidden 0,0', --hidden must be at least 1",
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
    void aTrainerThatCannotTakeTheActivationSaysSoBeforeItReadsTheTable() {
        for (String options : List.of("", "--ridge 1", "--batch 50", "--states 5", "--states 5 --batch 50")) {
            String[] arguments = Stream.concat(
                            Stream.of("fit", "none.csv", "--activation", "cube"),
                            Stream.of(options.split(" ")).filter(word -> !word.isEmpty()))
                    .toArray(String[]::new);

            assertThat(console.misuse(arguments)).as(options).containsIgnoringCase("cube");
        }
    }

    @Test
    void aTrainerThatDeeplearning4jCannotTrainByIsRefused() {
        assertThat(console.misuse("fit", "iris", "--trainer", "adabelief"))
                .contains("--trainer", "cannot train a network by adabelief", "amsgrad");
    }

    static Stream<List<String>> badRows() {
        return Stream.of(
                List.of("size;1", "no column 'color', which the model needs", "--ignore"),
                List.of("size,color;1,red;big,red", "Line 3", "'big'", "'size'"));
    }

    @Test
    void cellsThatTheModelDoesNotKnowAreCountedAndTheOthersPredicted() throws IOException {
        fit(colors().toString(), "--label", "answer");

        String output = console.succeed(
                predict(table("size,color,answer", "0.5,red,yes", ",pink,no", "0.1,,yes", "1e9,blue,no")));

        assertThat(output)
                .contains(
                        "column 'size': 1 missing cell taken as the mean of the training rows",
                        "column 'color': 1 missing cell and 1 unknown cell ('pink') taken as none of 'blue', 'red'",
                        "column 'size': 1 value more than a million deviations",
                        "the farthest in line 5");
        assertThat(Files.readAllLines(predicted()))
                .hasSize(5)
                .element(1)
                .asString()
                .startsWith("2,yes,yes,");
    }

    @Test
    void aLabelThatTheModelDoesNotKnowKeepsNoRowFromItsPrediction() throws IOException {
        fit(colors().toString(), "--label", "answer");

        String output =
                console.succeed(predict(table("size,color,answer", "0.5,red,maybe", "0.5,blue,no", "0.1,red,")));

        assertThat(output)
                .contains(
                        "where the label is known: 100.00 % of 1 row right",
                        "not scored: 1 row whose 'answer' is not among what the model predicts, 'no', 'yes'");
        assertThat(Files.readAllLines(predicted()))
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("2,maybe,yes,");
    }

    @Test
    void aNameWithACommaIsANameAndOthersAreLists() throws IOException {
        Path file = table("\"city, state\",a,c,b", "x,1,1,p", "y,2,1,q", "x,3,2,p", "y,4,2,q", "x,5,1,p", "y,6,2,q");

        assertThat(fit(file.toString(), "--label", "b", "--ignore", "city, state", "--ignore", "c"))
                .containsPattern("city, state +left out")
                .containsPattern("\nc +left out");
        assertThat(fit(file.toString(), "--label", "b", "--ignore", "a,c", "--categorical", "city, state"))
                .containsPattern("\na +left out")
                .containsPattern("\nc +left out")
                .containsPattern("city, state +category");
    }

    @Test
    void whatANameHoldsDoesNotReachTheTerminal() throws IOException {
        Path file = table("a\u001B[31m,b", "1,p\u0007", "2,q", "3,p\u0007", "4,q");

        assertThat(fit(file.toString(), "--label", "b"))
                .contains("a␛[31m", "p␇")
                .doesNotContain("\u001B", "\u0007");
        assertThat(console.fail(
                        "fit",
                        file.toString(),
                        "--label",
                        "c",
                        "--out",
                        results().toString()))
                .contains("'a␛[31m'");
    }

    /** Neither feature says anything of the label alone. */
    @Test
    void theSignOfAProductIsLearnedByDefaultAndALinearModelThatMissesItSaysWhatToTry() throws IOException {
        Random random = new Random(11);
        Path file = table(Stream.concat(
                        Stream.of("a,b,c,label"),
                        Stream.generate(() -> {
                                    double a = random.nextGaussian();
                                    double b = random.nextGaussian();
                                    return a + "," + b + "," + random.nextGaussian() + (a * b > 0 ? ",yes" : ",no");
                                })
                                .limit(600))
                .toArray(String[]::new));

        assertThat(fit(file.toString(), "--label", "label")).doesNotContain("not predicted clearly better");
        assertThat(Files.readString(results().resolve("report.md"))).containsPattern("Held out: 9\\d\\.\\d\\d %");
        assertThat(fit(file.toString(), "--label", "label", "--hidden", "0"))
                .contains("not predicted clearly better than by always", "'label'", "--hidden 16");
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
                .contains(file.toString(), "cannot be opened as a zip", "'implicit fit'")
                .doesNotContain("Exception", "java.");
    }

    @Test
    void helpNamesFilesTablesAndTrainers() {
        assertThat(console.succeed("fit", "--help"))
                .contains(FitReport.FILES)
                .contains("breast-cancer", "--label", "--states", "nesterovs", "implicit predict");
        assertThat(console.succeed("predict", "--help")).contains("--out", "MODEL", "flowers.csv");
    }
}
