package org.implicitdl.zoo.synthetic.report;

import java.util.List;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Outcome;
import org.implicitdl.zoo.synthetic.SyntheticResults;

/** Every recorded iteration of every method on every trial. */
final class SyntheticCsv {
    private static final List<String> HEADER =
            List.of("trial", "covariance", "method", "iteration", "train_rmse", "test_rmse", "seconds");

    private SyntheticCsv() {}

    static CsvFile of(SyntheticResults results) {
        return new CsvFile(
                HEADER,
                results.outcomes().stream()
                        .flatMap(outcome -> outcome.curve().points().stream().map(point -> line(outcome, point)))
                        .toList());
    }

    private static List<Object> line(Outcome outcome, LearningCurve.Point point) {
        return List.of(
                outcome.trial(),
                outcome.covariance().id(),
                outcome.method(),
                point.iteration(),
                point.trainRmse(),
                point.testRmse(),
                point.seconds());
    }
}
