package org.implicitdl.zoo.fit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.report.ClassTable;
import org.implicitdl.zoo.report.Table;
import org.implicitdl.zoo.table.Task;

/** How good a fit is, as tables. */
public final class FitTables {
    private FitTables() {}

    /** The network on both parts of the rows, and what the held-out part gives without any feature. */
    public static Table scores(FitResults results) {
        Score heldOut = results.heldOutScore();
        List<String> header = new ArrayList<>(List.of("predictions", "rows"));
        header.addAll(heldOut.names());
        return new Table(
                header,
                List.of(
                        line("network, training rows", results.trainingScore()),
                        line("network, held-out rows", heldOut),
                        line(results.baselineDescription() + ", held-out rows", results.baselineScore())));
    }

    private static List<String> line(String predictions, Score score) {
        List<String> line = new ArrayList<>(List.of(predictions, String.valueOf(score.rows())));
        line.addAll(score.texts());
        return line;
    }

    /** How each class is recognized in the held-out rows; empty for a regression. */
    public static Optional<Table> classes(FitResults results) {
        return results.label().task() == Task.REGRESSION
                ? Optional.empty()
                : Optional.of(ClassTable.of(results.label().classes(), "rows", confusion(results)));
    }

    /** How often each class was taken for which in the held-out rows. */
    static int[][] confusion(FitResults results) {
        return ClassTable.counts(
                results.label().outputs(),
                results.expected().argMax(1).toIntVector(),
                results.predicted().argMax(1).toIntVector());
    }
}
