package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.zoo.compare.report.ComparisonReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons of trainers, from the command line. */
class CompareCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private String[] arguments(String options) {
        return Stream.concat(Stream.of("compare", "--out", results().toString()), Stream.of(options.split(" ")))
                .toArray(String[]::new);
    }

    private Path results() {
        return temporary.resolve("results");
    }

    @Test
    void aShippedTableIsComparedByItsName() throws IOException {
        String said = console.succeed(arguments("--data wine --candidates 1 --splits 2 --seed 4"));

        assertThat(said)
                .contains("wine: 178 rows, 2 splits", "seed 4", "trainer", "BCD − RmsProp")
                .containsPattern("BCD is (within|more than) one standard error");
        assertThat(results().toFile().list()).containsExactlyInAnyOrderElementsOf(ComparisonReport.FILES);
        assertThat(Files.readString(results().resolve("summary.md"))).contains("1 thread", "seed 4", "178 rows");
        assertThat(Files.readAllLines(results().resolve("candidates.csv"))).hasSize(1 + 2 * 2);
    }

    @Test
    void aFileIsComparedByItsLabelAndASearchMayEndByTime() throws IOException {
        Path file = Files.write(
                temporary.resolve("line.csv"),
                Stream.concat(
                                Stream.of("x,y"),
                                Stream.iterate(0, i -> i + 1).limit(30).map(i -> i + "," + (3.5 * i)))
                        .toList());

        String said = console.succeed(arguments("--data " + file
                + " --label y --trainers bcd,adam,sgd --splits 2 --candidates 40 --minutes 0.00001 --seed 1"));

        assertThat(said).contains("R²", "BCD − Adam", "BCD − Sgd").containsPattern("seed \\d+");
        assertThat(Files.readAllLines(results().resolve("splits.csv"))).hasSize(1 + 3 * 2);
        assertThat(Files.readAllLines(results().resolve("candidates.csv"))).hasSize(1 + 3 * 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--candidates 0; --candidates must be at least 1",
                "--minutes 0; --minutes must be positive",
                "--splits 1; --splits must be at least 2",
                "--splits 151; --splits must be at most that of the rows, 150",
                "--threads 0; --threads must be at least 1",
                "--ui 70000; --ui must be between 0",
                "--trainers bcd; two or more different trainers, but got [bcd]",
                "--trainers adam,adam; two or more different trainers",
                "--trainers bcd,newton; newton",
                "--trainers bcd,adabelief; cannot train a network by adabelief",
                "--data tulips; iris, wine, breast-cancer, digits, diabetes",
                "--epochs 5; --epochs"
            })
    void wrongUsageIsNamedAndNothingIsWritten(String options, String named) {
        assertThat(console.misuse(arguments(options))).contains(named, "implicit compare --help");
        assertThat(results()).doesNotExist();
    }

    @Test
    void aFileWithoutALabelAndATableOfOneClassAreRefused() throws IOException {
        Path file = Files.write(temporary.resolve("table.csv"), List.of("a,b", "1,x", "2,x", "3,x", "4,x"));

        assertThat(console.misuse(arguments("--data " + file))).contains("--label", "'a', 'b'");
        assertThat(console.fail(arguments("--data " + file + " --label b"))).contains("one class only");
        assertThat(results()).doesNotExist();
    }

    @Test
    void helpNamesTheFilesAndTheMethod() {
        assertThat(console.succeed("compare", "--help"))
                .contains(ComparisonReport.FILES)
                .contains("--candidates", "--minutes", "Arbiter", "Nested cross-validation");
    }
}
