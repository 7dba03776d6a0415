package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.implicitdl.zoo.classify.report.ClassificationReport;
import org.implicitdl.zoo.data.MadeUpMnist;
import org.implicitdl.zoo.synthetic.report.SyntheticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

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
    void usedUpMemoryIsOneLineAndNoStackTrace() {
        Callable<Integer> large = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        int code = CommandLineRunner.create()
                .addSubcommand("large", CommandSpec.wrapWithoutInspection(large))
                .setErr(new PrintWriter(err, true))
                .execute("large");
        assertThat(code).isEqualTo(1);
        assertOneLine("not enough memory", "Java heap space", "-Xmx");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertOneLine("command is missing", "synthetic");
    }

    static Stream<List<String>> wrongValues() {
        return Stream.of(
                List.of("synthetic", "--trials", "0"),
                List.of("synthetic", "--trials", "-3"),
                List.of("synthetic", "--trials", "many"),
                List.of("synthetic", "--trials"),
                List.of("synthetic", "--threads", "0"),
                List.of("synthetic", "--seed", "1.5"),
                List.of("synthetic", "--covariance", "none"),
                List.of("synthetic", "--methods", "adam"),
                List.of("digits", "--epochs", "0"),
                List.of("digits", "--epochs", "ten"),
                List.of("digits", "--batch", "-1"),
                List.of("digits", "--state", "0"),
                List.of("digits", "--learning-rate", "0"),
                List.of("digits", "--learning-rate", "NaN"),
                List.of("digits", "--threads", "0"),
                List.of("digits", "--activation", "relux"),
                List.of("digits", "--well-posed", "norm_three"),
                List.of("digits", "--solver", "bisection"),
                List.of("digits", "--kappa", "1"),
                List.of("digits", "--ui", "70000"),
                List.of("mnist", "--epochs", "0"),
                List.of("mnist", "--data"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsOneLineThatNamesTheOption(List<String> args) {
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertOneLine(args.get(1), "--help");
    }

    @Test
    void settingsThatContradictEachOtherAreOneLine() {
        assertThat(run("digits", "--solver", "peaceman_rachford")).isEqualTo(2);
        assertOneLine("PEACEMAN_RACHFORD", "MONOTONE", "--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFolderWithoutMnistIsOneLineThatNamesTheFile() {
        assertThat(run("mnist", "--data", temporary.toString())).isEqualTo(1);
        assertOneLine(temporary.toString(), "train-images-idx3-ubyte");
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
        Path file = Files.createFile(temporary.resolve("taken"));

        assertThat(run("synthetic", "--out", file.resolve("below").toString())).isEqualTo(1);
        assertOneLine(file.toString(), "choose another folder");
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

    private void assertClassified(String... args) throws IOException {
        Path folder = temporary.resolve("new/folder with spaces");

        int code = run(Stream.concat(Stream.of(args), Stream.of("--out", folder.toString()))
                .toArray(String[]::new));

        assertThat(code).as(err.toString()).isZero();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(ClassificationReport.FILES);
        assertThat(out.toString()).contains("Test accuracy: ", "smallest margin", "model.zip");
    }

    @Test
    void digitsWritesItsFiles() throws IOException {
        assertClassified("digits", "--epochs", "1", "--state", "5", "--batch", "100", "--well-posed", "monotone");
        assertThat(out.toString()).contains("359 test images of UCI digits");
    }

    @Test
    void theTrainingUiCanBeOpenedBeside() throws IOException {
        assertClassified("digits", "--epochs", "1", "--state", "4", "--batch", "400", "--ui", "0");
        assertThat(out.toString()).containsPattern("Training UI: http://localhost:\\d+");
    }

    @Test
    void mnistReadsAFolder() throws IOException {
        Path data = MadeUpMnist.write(Files.createDirectory(temporary.resolve("data")), 100, 50);

        assertClassified("mnist", "--data", data.toString(), "--epochs", "2", "--state", "5", "--activation", "tanh");
        assertThat(out.toString()).contains("90 training, 10 validation and 50 test images of MNIST");
    }

    @Test
    void mnistWithoutAFolderTakesThePartThatIsShipped() throws IOException {
        assertClassified("mnist", "--epochs", "1", "--state", "2", "--batch", "500");
        assertThat(out.toString()).contains("1,000 test images of a small part of MNIST");
    }

    @Test
    void helpOfTheClassifiersNamesTheirFilesAndDefaults() {
        assertThat(run("mnist", "--help")).isZero();
        assertThat(out.toString())
                .contains(ClassificationReport.FILES)
                .contains("--data", "results/mnist", "(default: 128)", "NORM_INF");
    }

    @Test
    void aBenchmarkIsAskedForByName() {
        assertThat(run("bench")).isEqualTo(2);
        assertOneLine("benchmark is missing", "layer", "convert");
    }

    @Test
    void anUnknownMeasurementIsAnsweredByThoseThatThereAre() {
        assertThat(run("bench", "layer", "--only", "speed")).isEqualTo(2);
        assertOneLine("'speed'", "forward", "implicit bench layer --help");
    }

    @Test
    void theBenchmarkOfConversionHasItsOwnMeasurementsAndFiles() {
        assertThat(run("bench", "convert", "--only", "forward")).isEqualTo(2);
        assertOneLine("'forward'", "conversion", "implicit bench convert --help");

        assertThat(run("bench", "convert", "--quick", "--only", "zoo", "--out", temporary.toString()))
                .isZero();
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("bench-convert.csv", "bench-convert.md");
        assertThat(out.toString()).contains("SqueezeNet", "All that is asked is met.");
    }

    @Test
    void benchTrainWritesItsFilesAndNamesUnknownMeasurements() {
        assertThat(run("bench", "train", "--only", "forward")).isEqualTo(2);
        assertOneLine("'forward'", "minibatch", "implicit bench train --help");

        assertThat(run("bench", "train", "--quick", "--out", temporary.toString()))
                .as(err.toString())
                .isZero();
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("bench-train.csv", "bench-train.md");
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
