package org.implicitdl.zoo.synthetic.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.Statistics;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.Outcome;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.SyntheticResults.TunedMethods;

/**
 * The learning curves of all trials of a method, gathered to a mean and a band. A trial that ended earlier keeps its
 * last error, as a model that is no longer trained does.
 */
record CurveBands(
        SyntheticResults results,
        TunedMethods tuned,
        ToDoubleFunction<Point> error,
        Function<FittingMethod, Color> color) {
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;
    private static final int TIMES = 80;

    List<Band> againstIterations() {
        return bands(CurveBands::iterations, LearningCurve::atIteration);
    }

    List<Band> againstSeconds() {
        return bands(CurveBands::times, LearningCurve::atSeconds);
    }

    private List<Band> bands(
            Function<List<LearningCurve>, double[]> grid, BiFunction<LearningCurve, Double, Point> at) {
        List<Band> bands = new ArrayList<>();
        for (FittingMethod method : tuned.methods()) {
            if (!method.isBaseline()) {
                List<LearningCurve> curves = curves(method);
                bands.add(band(method, curves, grid.apply(curves), at));
            }
        }
        // Levels reach from the first to the last of all curves.
        double[] all = bands.stream()
                .flatMapToDouble(band -> DoubleStream.of(band.x()))
                .toArray();
        double[] ends = all.length == 0
                ? new double[] {1, 10}
                : new double[] {
                    DoubleStream.of(all).min().orElseThrow(),
                    DoubleStream.of(all).max().orElseThrow()
                };
        int position = 0;
        for (FittingMethod method : tuned.methods()) {
            if (method.isBaseline()) {
                bands.add(position++, band(method, curves(method), ends, at));
            }
        }
        return bands;
    }

    private List<LearningCurve> curves(FittingMethod method) {
        return results.of(tuned.covariance(), method).stream()
                .map(Outcome::curve)
                .toList();
    }

    private Band band(
            FittingMethod method, List<LearningCurve> curves, double[] x, BiFunction<LearningCurve, Double, Point> at) {
        List<Statistics> statistics = IntStream.range(0, x.length)
                .mapToObj(i -> Statistics.of(curves.stream()
                        .mapToDouble(curve -> error.applyAsDouble(at.apply(curve, x[i])))
                        .toArray()))
                .toList();
        return new Band(
                method.name(),
                color.apply(method),
                method.isBaseline(),
                x,
                statistics.stream().mapToDouble(Statistics::mean).toArray(),
                statistics.stream().mapToDouble(s -> s.quantile(LOW)).toArray(),
                statistics.stream().mapToDouble(s -> s.quantile(HIGH)).toArray());
    }

    /** The recorded iterations but the start, which has no place on a logarithmic axis. */
    private static double[] iterations(List<LearningCurve> curves) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Point::iteration)
                .filter(iteration -> iteration > 0)
                .distinct()
                .sorted()
                .toArray();
    }

    /** Evenly spaced on a logarithmic axis, from the end of the usual first iteration to the usual end. */
    private static double[] times(List<LearningCurve> curves) {
        double first = median(
                curves,
                curve -> curve.points().stream()
                        .filter(point -> point.iteration() > 0)
                        .findFirst()
                        .orElse(curve.last())
                        .seconds());
        double last = median(curves, curve -> curve.last().seconds());
        if (!(first > 0 && last > first)) {
            return new double[] {Math.max(last, 1e-6)};
        }
        return IntStream.range(0, TIMES)
                .mapToDouble(i -> first * Math.pow(last / first, i / (TIMES - 1.0)))
                .toArray();
    }

    private static double median(List<LearningCurve> curves, ToDoubleFunction<LearningCurve> value) {
        return Statistics.of(curves.stream().mapToDouble(value).toArray()).median();
    }
}
