package org.implicitdl.zoo.classify.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.EpochPoint;
import org.implicitdl.zoo.classify.UpdatePoint;
import org.implicitdl.zoo.report.ClassTable;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Table;

/** The epochs and the classes of a classification, as tables. */
public final class ClassificationTables {
    private static final List<String> EPOCHS =
            List.of("epoch", "score", "validation", "iterations", "worst residual", "smallest margin", "seconds");
    private static final int ROWS = 10;

    private ClassificationTables() {}

    /** At most about ten epochs, evenly spaced and with the last, by what their updates were on average and at worst. */
    public static Table epochs(ClassificationResults results) {
        int count = results.epochs().size();
        int step = (count + ROWS - 1) / ROWS;
        return new Table(
                EPOCHS,
                results.epochs().stream()
                        .filter(point -> point.epoch() % step == 0 || point.epoch() == count)
                        .map(ClassificationTables::row)
                        .toList());
    }

    private static List<String> row(EpochPoint point) {
        return List.of(
                String.valueOf(point.epoch()),
                format("%.4f", point.statistics(UpdatePoint::score).mean()),
                Percent.of(point.validationAccuracy()),
                format("%.1f", point.statistics(UpdatePoint::solverIterations).mean()),
                format("%.1e", point.statistics(UpdatePoint::residual).quantile(1)),
                format("%.4f", point.statistics(UpdatePoint::margin).quantile(0)),
                format("%.1f", point.seconds()));
    }

    /** How each class is recognized in the test images. */
    public static Table classes(ClassificationResults results) {
        int[][] confusion = results.test().confusion();
        return ClassTable.of(
                IntStream.range(0, confusion.length).mapToObj(String::valueOf).toList(), "images", confusion);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
