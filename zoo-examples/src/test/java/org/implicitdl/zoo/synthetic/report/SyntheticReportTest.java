package org.implicitdl.zoo.synthetic.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.synthetic.Covariance;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.Outcome;
import org.implicitdl.zoo.synthetic.SyntheticExperiment;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.SyntheticResults.TunedMethods;
import org.implicitdl.zoo.synthetic.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticReportTest {
    private static final List<FittingMethod> METHODS =
            List.of(new Named("linear", true), new Named("rmsprop", false), new Named("bcd", false));

    @TempDir
    private Path folder;

    @Test
    void theFilesAreWholeAndNothingElseIsLeft() throws IOException {
        List<Path> files = SyntheticReport.write(results(), List.of("on a test's machine"), OutputFolder.open(folder));

        assertThat(files).extracting(file -> file.getFileName().toString()).isEqualTo(SyntheticReport.FILES);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(SyntheticReport.FILES);
        assertThat(ImageIO.read(files.get(1).toFile()).getWidth()).isGreaterThan(1000);
        assertThat(Files.readString(files.get(2))).contains("on a test's machine", "seed 11", "figure1.png");
    }

    @Test
    void theCsvFileHoldsEveryPointWithAllItsDigits() throws IOException {
        Path csv = SyntheticReport.write(results(), List.of(), OutputFolder.open(folder))
                .get(0);

        assertThat(Files.readAllLines(csv))
                .startsWith("trial,covariance,method,iteration,train_rmse,test_rmse,seconds")
                .contains("1,shared,bcd,1,0.30000000000000004,0.4,0.5")
                .hasSize(1 + 2 * (1 + 2 + 2));
    }

    @Test
    void gapsAreRmsPropMinusTheOther() {
        SyntheticResults results = results();

        String table = SyntheticTables.gaps(results, results.methods().get(0)).toText();

        // RMSProp ends at .1 and .2; the other at .05 and .05: .05 and .15, mean .1, standard deviation .0707.
        assertThat(table).containsPattern("bcd +1\\.0e-01 \\(7\\.1e-02\\)").contains("1.1e-2 (2.7e-2)");
        assertThat(table).doesNotContain("rmsprop ");
    }

    @Test
    void theTimeToRmsPropsErrorAndTheWinsOverLinearAreCounted() {
        SyntheticResults results = results();

        List<List<String>> rows =
                SyntheticTables.errors(results, results.methods().get(0)).rows();

        // Linear ends at .15: RMSProp is below it in one of two trials.
        assertThat(rows.get(1)).endsWith("1 of 2");
        assertThat(rows.get(2)).endsWith("0.9000", "2 of 2");
        assertThat(rows.get(0)).startsWith("linear", "0.1500 ± 0.0000").endsWith("-", "-");
    }

    private static SyntheticResults results() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int trial = 1; trial <= 2; trial++) {
            outcomes.add(outcome("linear", trial, new Point(0, 0.001, 0.15, 0.2)));
            outcomes.add(outcome("rmsprop", trial, new Point(1, 1, 1, 1), new Point(2, 2, 0.1 * trial, 0.3)));
            outcomes.add(outcome("bcd", trial, new Point(1, 0.5, 0.1 + 0.2, 0.4), new Point(2, 0.9, 0.05, 0.1)));
        }
        SyntheticExperiment settings =
                new SyntheticExperiment(new SyntheticProblem(11), List.of(Covariance.SHARED), METHODS, 2);
        return new SyntheticResults(settings, List.of(new TunedMethods(Covariance.SHARED, METHODS)), outcomes);
    }

    private static Outcome outcome(String method, int trial, Point... points) {
        return new Outcome(Covariance.SHARED, method, trial, new LearningCurve(List.of(points)));
    }

    private record Named(String id, boolean isBaseline) implements FittingMethod {
        @Override
        public String name() {
            return id;
        }

        @Override
        public String settings() {
            return "none";
        }

        @Override
        public LearningCurve fit(Trial trial) {
            throw new IllegalStateException("A report fits nothing.");
        }
    }
}
