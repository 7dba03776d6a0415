package org.implicitdl.zoo.race.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Curve;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Entrant;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.race.Search;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Statistics;
import org.implicitdl.zoo.report.Table;

/**
 * What came of the trainers with one kind of network: means over the seeds of what was reached in the time, and of the time
 * until the accuracy on the test images that all networks came to.
 */
public final class OutcomeTable {
    private static final String NONE = "-";

    private final RaceResults results;
    private final double common;

    private OutcomeTable(RaceResults results, double common) {
        this.results = results;
        this.common = common;
    }

    /** The table of a kind of network. */
    public static Table of(RaceResults results, Architecture architecture) {
        double common = results.commonAccuracy(architecture);
        List<String> header = List.of(
                "trainer",
                "setting",
                "batch",
                "epochs",
                "time used",
                "test accuracy",
                "validation",
                String.format(Locale.ROOT, "seconds to %.1f %%", 100 * common));
        OutcomeTable table = new OutcomeTable(results, common);
        return new Table(
                header, results.of(architecture).stream().map(table::row).toList());
    }

    private List<String> row(Prepared ready) {
        Entrant entrant = ready.entrant();
        List<Curve> curves = results.curves(ready);
        List<CurvePoint> reached = results.reached(ready);
        return List.of(
                entrant.trainer().id(),
                setting(ready),
                String.valueOf(entrant.trainer().batchSize(results.images().train())),
                mean(reached, CurvePoint::epochs, "%.1f"),
                timeUsed(reached),
                spread(reached, CurvePoint::testAccuracy) + failures(curves.size() - reached.size(), curves.size()),
                spread(reached, CurvePoint::validationAccuracy),
                secondsToTheCommonAccuracy(curves));
    }

    private static String setting(Prepared ready) {
        Search search = ready.search();
        return ready.entrant().trainer().hyperparameter() + " "
                + Decimal.of(ready.best().value()) + (search.isAtTheEdge() ? " *" : "");
    }

    private String timeUsed(List<CurvePoint> points) {
        return points.isEmpty()
                ? NONE
                : mean(points, CurvePoint::seconds, "%.2f of ")
                        + Decimal.of(results.settings().seconds()) + " s";
    }

    private static String mean(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value, String format) {
        return points.isEmpty()
                ? NONE
                : String.format(Locale.ROOT, format, statistics(points, value).mean());
    }

    private static String spread(List<CurvePoint> points, ToDoubleFunction<CurvePoint> accuracy) {
        if (points.isEmpty()) {
            return NONE;
        }
        Statistics statistics = statistics(points, accuracy);
        return statistics.count() == 1
                ? String.format(Locale.ROOT, "%.2f %%", 100 * statistics.mean())
                : String.format(
                        Locale.ROOT, "%.2f ± %.2f %%", 100 * statistics.mean(), 100 * statistics.standardDeviation());
    }

    private static Statistics statistics(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value) {
        return Statistics.of(points.stream().mapToDouble(value).toArray());
    }

    private static String failures(int failed, int all) {
        return failed == 0 ? "" : " (" + failed + " of " + all + " failed)";
    }

    private String secondsToTheCommonAccuracy(List<Curve> curves) {
        double[] seconds = curves.stream()
                .map(curve -> curve.secondsTo(common))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return seconds.length < curves.size()
                ? NONE
                : String.format(Locale.ROOT, "%.2f", Statistics.of(seconds).mean());
    }
}
