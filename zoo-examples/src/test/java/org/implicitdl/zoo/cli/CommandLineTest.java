package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.zoo.synthetic.report.SyntheticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private int run(String... args) {
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(parts);
    }

    @Test
    void anUnknownOptionIsAnsweredByTheOneThatWasMeant() {
        assertThat(run("synthetic", "--trails", "3")).isEqualTo(2);
        assertOneLine("--trails", "did you mean '--trials", "implicit synthetic --help");
    }

    @Test
    void anUnknownCommandIsAnsweredByTheOneThatWasMeant() {
        assertThat(run("sinthetic")).isEqualTo(2);
        assertOneLine("sinthetic", "synthetic", "implicit --help");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertOneLine("command is missing", "synthetic");
    }

    static Stream<List<String>> wrongValues() {
        return Stream.of(
                List.of("--trials", "0"),
                List.of("--trials", "-3"),
                List.of("--trials", "many"),
                List.of("--trials"),
                List.of("--threads", "0"),
                List.of("--seed", "1.5"),
                List.of("--covariance", "none"),
                List.of("--methods", "adam"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsOneLineThatNamesTheOption(List<String> option) {
        String[] args = Stream.concat(Stream.of("synthetic"), option.stream()).toArray(String[]::new);

        assertThat(run(args)).isEqualTo(2);
        assertOneLine(option.get(0), "--help");
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
        Path file = Files.createFile(temporary.resolve("taken"));

        assertThat(run("synthetic", "--out", file.resolve("below").toString())).isEqualTo(1);
        assertOneLine(file.toString(), "--out");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void verboseAddsTheStackTraceOfAFailure() throws IOException {
        Path file = Files.createFile(temporary.resolve("taken"));

        assertThat(run("synthetic", "--verbose", "--out", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).hasSizeGreaterThan(5);
        assertThat(err.toString()).contains("\tat org.implicitdl");
    }

    @Test
    void everyCommandHasHelpVersionAndVerbose() {
        CommandLine line = CommandLineRunner.create();

        assertThat(Stream.concat(Stream.of(line), line.getSubcommands().values().stream()))
                .allSatisfy(command -> assertThat(command.getCommandSpec().optionsMap())
                        .containsKeys("--help", "--version", "--verbose"));
    }

    @Test
    void helpNamesEveryOptionFileAndMethod() {
        assertThat(run("synthetic", "--help")).isZero();
        assertThat(out.toString())
                .contains("--trials", "--seed", "--covariance", "--methods", "--out", "--threads", "rmsprop-long")
                .contains(SyntheticReport.FILES);
    }

    @Test
    void aSmallRunWritesItsFilesAndTables() throws IOException {
        Path folder = temporary.resolve("new/folder with spaces");

        int code = run(
                "synthetic",
                "--trials",
                "2",
                "--seed",
                "3",
                "--covariance",
                "both",
                "--methods",
                "zero,linear",
                "--out",
                folder.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(SyntheticReport.FILES);
        assertThat(Files.readAllLines(folder.resolve("synthetic.csv"))).hasSize(1 + 2 * 2 * 2);
        assertThat(out.toString()).contains("linear least squares", "predicting zero", "figure1.png");
    }

    @Test
    void aBenchmarkIsAskedForByName() {
        assertThat(run("bench")).isEqualTo(2);
        assertOneLine("benchmark is missing", "layer");
    }

    @Test
    void anUnknownMeasurementIsAnsweredByThoseThatThereAre() {
        assertThat(run("bench", "layer", "--only", "speed")).isEqualTo(2);
        assertOneLine("'speed'", "forward", "implicit bench layer --help");
    }

    @Test
    void aBenchmarkWritesItsFilesAndTables() throws IOException {
        assertThat(run("bench", "layer", "--quick", "--only", "gradient-cosine", "--out", temporary.toString()))
                .isZero();

        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("bench-layer.csv", "bench-layer.md");
        assertThat(Files.readAllLines(temporary.resolve("bench-layer.csv"))).hasSize(1 + 3 * 3);
        assertThat(Files.readString(temporary.resolve("bench-layer.md"))).contains("## gradient-cosine", "1 thread");
        assertThat(out.toString()).contains("one step, random A", "All that is asked is met.");
    }
}
