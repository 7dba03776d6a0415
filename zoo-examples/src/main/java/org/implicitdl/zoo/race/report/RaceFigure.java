package org.implicitdl.zoo.race.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Curve;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.Palette;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Statistics;

/** Accuracy on the test images against time or epochs: a panel for each kind of network, a line for each trainer. */
final class RaceFigure {
    private RaceFigure() {}

    static Figure againstSeconds(RaceResults results) {
        return of(results, "seconds of training", CurvePoint::seconds);
    }

    static Figure againstEpochs(RaceResults results) {
        return of(results, "epochs of training", CurvePoint::epochs);
    }

    private static Figure of(RaceResults results, String xTitle, ToDoubleFunction<CurvePoint> x) {
        return new Figure(
                "Trainers on " + results.images().name(),
                String.format(
                        Locale.ROOT,
                        "%s s of training each: mean, lowest and highest test accuracy of %s.",
                        Decimal.of(results.settings().seconds()),
                        Count.of(results.rounds().size(), "seed")),
                List.of(results.architectures().stream()
                        .map(architecture -> panel(results, architecture, xTitle, x))
                        .toList()));
    }

    private static Panel panel(
            RaceResults results, Architecture architecture, String xTitle, ToDoubleFunction<CurvePoint> x) {
        List<Prepared> entrants = results.of(architecture);
        return new Panel(
                String.format(
                        Locale.ROOT,
                        "%s (%,d parameters)",
                        architecture.id(),
                        entrants.get(0).parameters()),
                xTitle,
                Scale.LINEAR,
                "test accuracy, %",
                Scale.LINEAR,
                0,
                entrants.stream()
                        .filter(ready -> pointsOfAll(results.curves(ready)) > 0)
                        .map(ready -> band(results, ready, x))
                        .toList());
    }

    private static Band band(RaceResults results, Prepared ready, ToDoubleFunction<CurvePoint> x) {
        List<Curve> curves = results.curves(ready);
        String trainer = ready.entrant().trainer().id();
        int number = results.trainers().indexOf(trainer);
        List<Statistics> accuracies = statistics(curves, point -> 100 * point.testAccuracy());
        return new Band(
                trainer,
                Palette.color(number),
                Palette.isRepeated(number),
                values(statistics(curves, x), Statistics::mean),
                values(accuracies, Statistics::mean),
                values(accuracies, accuracy -> accuracy.quantile(0)),
                values(accuracies, accuracy -> accuracy.quantile(1)));
    }

    /** How many points the networks of all seeds have. */
    private static int pointsOfAll(List<Curve> curves) {
        return curves.stream().mapToInt(curve -> curve.points().size()).min().orElse(0);
    }

    private static List<Statistics> statistics(List<Curve> curves, ToDoubleFunction<CurvePoint> value) {
        return IntStream.range(0, pointsOfAll(curves))
                .mapToObj(i -> Statistics.of(curves.stream()
                        .mapToDouble(curve -> value.applyAsDouble(curve.points().get(i)))
                        .toArray()))
                .toList();
    }

    private static double[] values(List<Statistics> statistics, ToDoubleFunction<Statistics> value) {
        return statistics.stream().mapToDouble(value).toArray();
    }
}
