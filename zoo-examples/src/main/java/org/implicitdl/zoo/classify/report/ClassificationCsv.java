package org.implicitdl.zoo.classify.report;

import java.util.List;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.EpochPoint;
import org.implicitdl.zoo.classify.UpdatePoint;
import org.implicitdl.zoo.report.CsvFile;

/** The learning curve as numbers: one file by epochs, and one by updates. */
final class ClassificationCsv {
    private static final List<String> EPOCHS = List.of(
            "epoch",
            "seconds",
            "mean_score",
            "validation_accuracy",
            "mean_solver_iterations",
            "worst_residual",
            "smallest_margin");
    private static final List<String> UPDATES =
            List.of("update", "epoch", "seconds", "score", "solver_iterations", "residual", "margin");

    private ClassificationCsv() {}

    static CsvFile epochs(ClassificationResults results) {
        return new CsvFile(
                EPOCHS, results.epochs().stream().map(ClassificationCsv::line).toList());
    }

    private static List<Object> line(EpochPoint point) {
        return List.of(
                point.epoch(),
                point.seconds(),
                point.statistics(UpdatePoint::score).mean(),
                point.validationAccuracy(),
                point.statistics(UpdatePoint::solverIterations).mean(),
                point.statistics(UpdatePoint::residual).quantile(1),
                point.statistics(UpdatePoint::margin).quantile(0));
    }

    static CsvFile updates(ClassificationResults results) {
        return new CsvFile(
                UPDATES,
                results.epochs().stream()
                        .flatMap(epoch -> epoch.updates().stream())
                        .map(ClassificationCsv::line)
                        .toList());
    }

    private static List<Object> line(UpdatePoint point) {
        return List.of(
                point.update(),
                point.epoch(),
                point.seconds(),
                point.score(),
                point.solverIterations(),
                point.residual(),
                point.margin());
    }
}
