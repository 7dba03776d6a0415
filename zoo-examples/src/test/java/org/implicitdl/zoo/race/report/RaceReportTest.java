package org.implicitdl.zoo.race.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.race.BackPropagation;
import org.implicitdl.zoo.race.BlockDescent;
import org.implicitdl.zoo.race.Candidate;
import org.implicitdl.zoo.race.Curve;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Perceptron;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.race.RaceSettings;
import org.implicitdl.zoo.race.Search;
import org.implicitdl.zoo.report.OutputFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

class RaceReportTest {
    private static final Entrant BCD = new Entrant(new Perceptron(Activation.RELU), new BlockDescent());
    private static final Entrant ADAM =
            new Entrant(new Perceptron(Activation.RELU), new BackPropagation("adam", 0.003, Adam::new));
    private static final Curve DIVERGED = new Curve(List.of(), Optional.of("no, \"never\" finite"));

    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    private RaceResults results;

    /** A curve whose epochs end after a second each. */
    private static Curve curve(double... testAccuracies) {
        return new Curve(
                IntStream.range(0, testAccuracies.length)
                        .mapToObj(i -> new CurvePoint(i + 1, i + 1, testAccuracies[i] - 0.05, testAccuracies[i]))
                        .toList(),
                Optional.empty());
    }

    private static Prepared prepared(Entrant entrant, int best, Curve... candidates) {
        List<Candidate> tried = IntStream.range(0, candidates.length)
                .mapToObj(i -> new Candidate(entrant.trainer().grid().atFirst().get(i), candidates[i]))
                .toList();
        return new Prepared(entrant, 6310, new Search(entrant, tried), tried.get(best));
    }

    @BeforeEach
    void makeResults() {
        results = new RaceResults(
                new RaceSettings(List.of(BCD, ADAM), 3.5, 2, 8),
                Examples.images(data),
                List.of(
                        prepared(BCD, 1, curve(0.7), curve(0.8), DIVERGED),
                        prepared(ADAM, 1, curve(0.7, 0.8), curve(0.8, 0.9))),
                List.of(
                        List.of(curve(0.7, 0.9, 0.95), curve(0.8, 0.85, 0.9)),
                        List.of(curve(0.6, 0.8, 0.93), curve(0.91, 0.92, 0.94))));
        RaceReport.write(results, List.of("on a test's machine"), OutputFolder.open(folder));
    }

    @Test
    void theFilesAreWholeAndNothingElseIsLeft() throws IOException {
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(RaceReport.FILES);
        for (String picture : List.of("accuracy-seconds.png", "accuracy-epochs.png")) {
            assertThat(ImageIO.read(folder.resolve(picture).toFile()).getWidth())
                    .isGreaterThan(800);
        }
    }

    @Test
    void theTableHasMeansAtTheTimeAndTheTimeToWhatAllReached() {
        // In the end: .95 and .93, .9 and .94. The common .9 is reached after 2 and 3 s, 3 and 1 s.
        assertThat(OutcomeTable.of(results, BCD.architecture()).header()).contains("seconds to 90.0 %");
        assertThat(OutcomeTable.of(results, BCD.architecture()).rows())
                .containsExactly(
                        List.of(
                                "bcd",
                                "step length 0.5",
                                "5",
                                "3.0",
                                "3.00 of 3.5 s",
                                "94.00 ± 1.41 %",
                                "89.00 ± 1.41 %",
                                "2.50"),
                        List.of(
                                "adam",
                                "learning rate 0.003 *",
                                "5",
                                "3.0",
                                "3.00 of 3.5 s",
                                "92.00 ± 2.83 %",
                                "87.00 ± 2.83 %",
                                "2.00"));
    }

    @Test
    void theSummaryTellsTheConditionsAndWhatWasTried() throws IOException {
        assertThat(Files.readString(folder.resolve("summary.md")))
                .contains("on a test's machine", "3.5 s of training", "90 images for training, 10 for validation, 60")
                .contains("2 seeds, from 9 on; hyperparameters by seed 8", "smoothed by 0.1", "6,310 parameters")
                .contains("0.25: 65.00 %", "0.5: 75.00 %", "1: failed", "0.003: 85.00 %")
                .contains("Fewer than five epochs fit into 3.5 s of dense, bcd; dense, adam. With --seconds 6 each");
    }

    @Test
    void theCsvFilesHoldEveryPointAndEveryCandidate() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("curves.csv")))
                .hasSize(1 + 3 + 3 + 3 + 3)
                .startsWith(
                        "network,trainer,seed,epochs,seconds,validation_accuracy,test_accuracy,failure",
                        "dense,bcd,9,1.0,1.0,0.6499999999999999,0.7,")
                .contains("dense,adam,9,3.0,3.0,0.85,0.9,", "dense,bcd,10,3.0,3.0,0.88,0.93,");
        assertThat(Files.readAllLines(folder.resolve("search.csv")))
                .hasSize(1 + 3 + 2)
                .contains(
                        "dense,bcd,step length,0.5,1.0,1.0,0.75,,true",
                        "dense,bcd,step length,1.0,NaN,NaN,NaN,\"no, \"\"never\"\" finite\",false");
    }

    @Test
    void trainingsThatFailedAreCountedAndNotHidden() throws IOException {
        RaceResults failed = new RaceResults(
                results.settings(),
                results.images(),
                results.entrants(),
                List.of(List.of(curve(0.7, 0.9), DIVERGED), List.of(DIVERGED, DIVERGED)));
        RaceReport.write(failed, List.of(), OutputFolder.open(folder));

        assertThat(OutcomeTable.of(failed, BCD.architecture()).rows())
                .containsExactly(
                        List.of(
                                "bcd",
                                "step length 0.5",
                                "5",
                                "2.0",
                                "2.00 of 3.5 s",
                                "90.00 % (1 of 2 failed)",
                                "85.00 %",
                                "-"),
                        List.of("adam", "learning rate 0.003 *", "5", "-", "-", "- (2 of 2 failed)", "-", "-"));
        assertThat(Files.readAllLines(folder.resolve("curves.csv")))
                .contains("dense,adam,9,NaN,NaN,NaN,NaN,\"no, \"\"never\"\" finite\"");
    }

    @Test
    void aRaceThatIsNotOverLeavesWhatThereIs(@TempDir Path interrupted) throws IOException {
        OutputFolder out = OutputFolder.open(interrupted);

        RaceReport.write(first(0), List.of(), out);
        assertThat(interrupted.toFile().list()).containsExactly("search.csv");

        RaceReport.write(first(1), List.of(), out);
        assertThat(interrupted.toFile().list()).containsExactlyInAnyOrderElementsOf(RaceReport.FILES);
        assertThat(Files.readString(interrupted.resolve("summary.md")))
                .contains("1 of 2 seeds, as the race is not over", " 95.00 % |");
        assertThat(Files.readAllLines(interrupted.resolve("curves.csv"))).hasSize(1 + 3 + 3);
    }

    private RaceResults first(int rounds) {
        return new RaceResults(
                results.settings(),
                results.images(),
                results.entrants(),
                results.rounds().subList(0, rounds));
    }
}
