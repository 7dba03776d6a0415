package org.implicitdl.zoo.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.ComparisonSettings;
import org.implicitdl.zoo.compare.SmallComparisons;
import org.implicitdl.zoo.compare.SplitOutcome;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.SearchBudget;
import org.implicitdl.zoo.compare.search.SearchResult;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.fit.ClassificationScore;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.table.NamedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
    @TempDir
    private Path folder;

    private static Score accuracy(double part) {
        return new ClassificationScore(20, part, part, 1 - part);
    }

    private static SplitOutcome outcome(int split, Contender contender, double heldOut, TriedCandidate... candidates) {
        return new SplitOutcome(
                split,
                contender,
                new SearchResult(List.of(candidates), 9),
                candidates[0],
                accuracy(1),
                accuracy(heldOut),
                0.5);
    }

    private static TriedCandidate trained(double validation, double seconds) {
        return new TriedCandidate(1, FitSettings.withDefaults(), Optional.of(accuracy(validation)), seconds, "");
    }

    private static TriedCandidate failed(String reason) {
        return new TriedCandidate(2, FitSettings.withDefaults(), Optional.empty(), Double.NaN, reason);
    }

    /** Held out: .90 and .96 against .95 and .97, whose mean is .96 with a standard error of .01. */
    private static ComparisonResults made(double shift) {
        List<SplitOutcome> outcomes = new ArrayList<>();
        outcomes.add(outcome(1, SmallComparisons.BCD, .90 + shift, trained(.8, 2), failed("it diverged, alas")));
        outcomes.add(outcome(1, SmallComparisons.RMSPROP, .95, trained(.7, 4)));
        outcomes.add(outcome(2, SmallComparisons.BCD, .96 + shift, trained(.9, 6)));
        outcomes.add(outcome(2, SmallComparisons.RMSPROP, .97, trained(.6, 8)));
        ComparisonSettings settings = new ComparisonSettings(
                List.of(SmallComparisons.BCD, SmallComparisons.RMSPROP),
                new SearchBudget(2, Duration.ofSeconds(90)),
                2,
                77);
        return new ComparisonResults(settings, NamedTable.IRIS.data(), outcomes);
    }

    @Test
    void theTablesHaveMeansErrorsAndDifferences() {
        assertThat(ComparisonTables.trainers(made(0)).rows())
                .containsExactly(
                        List.of("BCD", "93.00 % ± 3.00 %", "90.00 %", "85.00 %", "3 of 4 (1 failed)", "4.00", "0.500"),
                        List.of("RmsProp", "96.00 % ± 1.00 %", "70.00 %", "65.00 %", "2 of 4", "6.00", "0.500"));
        assertThat(ComparisonTables.pairs(made(0)).rows())
                .containsExactly(
                        List.of("BCD − RmsProp", "-3.00 pp", "-5.00 pp to -1.00 pp", "50.0 %", "0 / 0 / 2", "no"));
    }

    @Test
    void theVerdictIsTheRuleOfOneStandardError() {
        assertThat(ComparisonSummary.verdicts(made(0)))
                .containsExactly("BCD is more than one standard error below RmsProp: accuracy 93.00 % ± 3.00 % against"
                        + " 96.00 % ± 1.00 %.");
        assertThat(ComparisonSummary.verdicts(made(.0201)).get(0))
                .startsWith("BCD is within one standard error of RmsProp or better: accuracy 95.01 %");
        assertThat(ComparisonTables.pairs(made(.0201)).rows().get(0)).endsWith("yes");
    }

    @Test
    void searchesThatRanOutOfTimeAreNamedBesideTheVerdict() throws IOException {
        assertThat(ComparisonSummary.warnings(made(0)))
                .hasSize(2)
                .first()
                .asString()
                .contains("in 1 of 2 splits", "BCD", "2 candidates", "--minutes");
        ComparisonReport.write(made(0), List.of(), OutputFolder.open(folder));
        assertThat(Files.readString(folder.resolve("summary.md"))).contains(ComparisonSummary.warnings(made(0)));
    }

    @Test
    void theBestScoreSoFarIsHeldAgainstTheTimeOfAllTrainings() {
        SearchFigure.SearchPath path = SearchFigure.SearchPath.of(
                List.of(trained(.7, 2), failed("it diverged"), trained(.6, 1), trained(.9, 4)));

        assertThat(path.seconds()).containsExactly(2, 3, 7);
        assertThat(path.best()).containsExactly(.7, .7, .9);
    }

    @Test
    void theCsvFilesHaveEveryCandidateAndEveryTest() throws IOException {
        ComparisonReport.write(made(0), List.of(), OutputFolder.open(folder));

        List<CSVRecord> candidates = read("candidates.csv");
        assertThat(candidates).hasSize(5);
        assertThat(candidates.get(0).get("validation_accuracy")).isEqualTo("0.8");
        assertThat(candidates.get(0).get("settings")).startsWith("minibatch BCD(20 epochs");
        assertThat(candidates.get(1).get("validation_cross_entropy")).isEmpty();
        assertThat(candidates.get(1).get("seconds")).isEmpty();
        assertThat(candidates.get(1).get("failure")).isEqualTo("it diverged, alas");
        List<CSVRecord> splits = read("splits.csv");
        assertThat(splits)
                .extracting(line ->
                        line.get("split") + " " + line.get("trainer") + " " + line.get("held_out_balanced_accuracy"))
                .containsExactly("1 BCD 0.9", "1 RmsProp 0.95", "2 BCD 0.96", "2 RmsProp 0.97");
        assertThat(splits.get(0).get("search_seconds")).isEqualTo("9.0");
    }

    private List<CSVRecord> read(String name) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(folder.resolve(name), StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    @Test
    void longNumbersHaveThreeDigitsAndShortOnesStay() {
        assertThat(ComparisonSummary.rounded("ridge 0.0036117253415997148, epsilon 0.001 to 1.6E-5, rate 4.123456E-4"))
                .isEqualTo("ridge 0.00361, epsilon 0.001 to 1.6E-5, rate 0.000412");
    }

    @Test
    void theSummarySaysWhatWasSearchedHowAndWithWhichSeed() throws IOException {
        ComparisonReport.write(made(0), List.of("a machine of tests"), OutputFolder.open(folder));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(ComparisonReport.FILES);
        assertThat(Files.readString(folder.resolve("summary.md")))
                .contains("# iris: BCD, RmsProp", "**BCD is more than one standard error below", "seed 77", "90 s")
                .contains(
                        "- BCD: on all rows at once, with ridge",
                        "- RmsProp: learning rate",
                        "4 to 64 units",
                        "- a machine of tests")
                .contains("(score-against-time.png)", "(spread.png)", "sign test");
        assertThat(ImageIO.read(folder.resolve("spread.png").toFile())).isNotNull();
        assertThat(ImageIO.read(folder.resolve("score-against-time.png").toFile()))
                .isNotNull();
    }
}
