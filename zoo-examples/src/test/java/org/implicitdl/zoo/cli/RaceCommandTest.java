package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.implicitdl.zoo.data.MadeUpMnist;
import org.implicitdl.zoo.race.report.RaceReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RaceCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private List<String> arguments(String... more) throws IOException {
        Path data = MadeUpMnist.write(Files.createDirectory(temporary.resolve("data")), 100, 50);
        return Stream.concat(Stream.of("mnist", "--data", data.toString(), "--out", out().toString()), Stream.of(more))
                .toList();
    }

    private Path out() {
        return temporary.resolve("results");
    }

    @Test
    void trainersAreComparedOnBothNetworks() throws IOException {
        String printed = console.succeed(arguments("--trainer", "adam,sgd", "--seconds", "0.05", "--seeds", "2")
                .toArray(String[]::new));

        assertThat(printed)
                .contains(
                        "90 training, 10 validation and 50 test images of MNIST; 8 trainings of 0.05 s and their preparation take about 1 s of training")
                .contains("dense: dense layers, 300 hidden units", "6,310 parameters")
                .containsPattern("implicit: an implicit layer, 69 states.*; 6,320 parameters")
                .containsPattern("adam +learning rate 0\\.\\d+");
        assertThat(out().toFile().list()).containsExactlyInAnyOrderElementsOf(RaceReport.FILES);
        assertThat(Files.readAllLines(out().resolve("search.csv"))).hasSizeBetween(1 + 2 * 2 * 3, 1 + 2 * 2 * 7);
    }

    @Test
    void blockCoordinateDescentIsComparedWithBackPropagationOnDenseLayers() throws IOException {
        String printed = console.succeed(arguments(
                        "--trainer",
                        "BCD",
                        "--trainer",
                        "adam",
                        "--network",
                        "dense",
                        "--seconds",
                        "0.05",
                        "--seeds",
                        "1",
                        "--seed",
                        "7",
                        "--activation",
                        "tanh",
                        "--clock",
                        "processor")
                .toArray(String[]::new));

        assertThat(printed).contains("bcd ", "step length", "adam ", "learning rate", "activation tanh");
        assertThat(Files.readAllLines(out().resolve("curves.csv"))).anyMatch(line -> line.startsWith("dense,bcd,8,"));
    }

    static Stream<List<String>> wrongUses() {
        return Stream.of(
                List.of("--trainer", "expected one of [BCD, SGD, NESTEROVS, ADAGRAD", "--trainer", "adam,adm"),
                List.of("--trainer", "different trainers, but got [bcd, adam, bcd]", "--trainer", "bcd,adam,BCD"),
                List.of("cannot train a network by adabelief", "amsgrad", "--trainer", "adam,adabelief"),
                List.of("--network", "--trainer", "--network", "dense"),
                List.of("--seeds", "--trainer", "--seeds", "5"),
                List.of("--seconds", "--trainer", "--seconds", "5"),
                List.of("--clock", "--trainer", "--clock", "processor"),
                List.of("--clock", "--threads", "--trainer", "adam", "--clock", "processor", "--threads", "2"),
                List.of("--seconds", "positive", "--trainer", "adam", "--seconds", "0"),
                List.of("--seeds", "at least 1", "--trainer", "adam", "--seeds", "0"),
                List.of("--network", "DENSE", "--trainer", "adam", "--network", "sparse"),
                List.of("--kappa", "--network", "--trainer", "adam", "--network", "dense", "--kappa", "0.9"),
                List.of("--well-posed", "--network", "--trainer", "adam", "--network", "dense", "--well-posed", "NONE"),
                List.of("--solver", "--network", "--trainer", "adam", "--network", "dense", "--solver", "PICARD"),
                List.of("--epochs", "leave it out", "--trainer", "adam", "--epochs", "3"),
                List.of("--batch", "leave it out", "--trainer", "adam", "--batch", "3"),
                List.of("--state", "leave it out", "--trainer", "adam", "--state", "3"),
                List.of("--learning-rate", "leave it out", "--trainer", "adam", "--learning-rate", "0.1"),
                List.of("--ui", "leave it out", "--trainer", "adam", "--ui"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void aWrongUseIsOneLineThatNamesTheOption(List<String> use) {
        List<String> arguments =
                Stream.concat(Stream.of("mnist"), use.stream().skip(2)).toList();

        assertThat(console.misuse(arguments.toArray(String[]::new))).contains(use.subList(0, 2));
    }

    @Test
    void aNetworkThatATrainerCannotTrainIsRefusedBeforeTheWork() throws IOException {
        List<String> arguments =
                arguments("--trainer", "adam,bcd", "--network", "implicit", "--well-posed", "MONOTONE");

        assertThat(console.misuse(arguments.toArray(String[]::new))).contains("ImplicitLayer", "MONOTONE");
        assertThat(out()).doesNotExist();
    }

    @Test
    void helpNamesTheTrainersAndTheFiles() {
        assertThat(console.succeed("mnist", "--help"))
                .contains("adamax", "nesterovs", "adabelief", "dense|implicit|both")
                .contains(RaceReport.FILES);
    }
}
