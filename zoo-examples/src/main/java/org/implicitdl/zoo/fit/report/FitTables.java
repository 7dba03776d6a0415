package org.implicitdl.zoo.fit.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Table;
import org.implicitdl.zoo.table.Task;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;

/** What a fit says of the test rows, as a table and in a line. */
public final class FitTables {
    private FitTables() {}

    /** By class: rows, precision, recall, F1; or the errors of a regression. */
    public static Table test(FitResults results) {
        return results.data().task() == Task.CLASSIFICATION ? classes(results) : errors(results.regression());
    }

    /** The one number that counts. */
    public static String headline(FitResults results) {
        return results.data().task() == Task.CLASSIFICATION
                ? Percent.of(results.classification().accuracy()) + " of "
                        + results.split().test().length + " test rows right"
                : String.format(
                        Locale.ROOT,
                        "R² %.4f on %d test rows",
                        results.regression().rSquared(0),
                        results.split().test().length);
    }

    private static Table classes(FitResults results) {
        Evaluation evaluation = results.classification();
        int[][] confusion = results.confusion();
        return new Table(
                List.of("class", "rows", "precision", "recall", "F1"),
                IntStream.range(0, confusion.length)
                        .mapToObj(i -> List.of(
                                results.model().classes().get(i),
                                String.valueOf(IntStream.of(confusion[i]).sum()),
                                Percent.of(evaluation.precision(i)),
                                Percent.of(evaluation.recall(i)),
                                Percent.of(evaluation.f1(i))))
                        .toList());
    }

    private static Table errors(RegressionEvaluation evaluation) {
        return new Table(
                List.of("measure", "value"),
                List.of(
                        List.of("R²", format(evaluation.rSquared(0))),
                        List.of("root mean squared error", format(evaluation.rootMeanSquaredError(0))),
                        List.of("mean absolute error", format(evaluation.meanAbsoluteError(0)))));
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
