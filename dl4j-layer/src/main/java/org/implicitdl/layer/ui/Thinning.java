package org.implicitdl.layer.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.implicitdl.layer.LayerReport;
import org.implicitdl.layer.SolveStatistics;

/**
 * Shortens a series to what a chart can show without hiding the bad: neighbours become one point with the mean of their
 * means, and the worst of the rest. Their number is a power of two, so that a growing series rarely redraws its past.
 */
record Thinning(int limit) {

    /** At most {@code limit} points, in the order of the series. */
    List<SolveStatistics> thin(List<SolveStatistics> series) {
        int together = 1;
        while ((long) together * limit < series.size()) {
            together *= 2;
        }
        List<SolveStatistics> thinned = new ArrayList<>();
        for (int from = 0; from < series.size(); from += together) {
            thinned.add(merge(series.subList(from, Math.min(from + together, series.size()))));
        }
        return thinned;
    }

    private static SolveStatistics merge(List<SolveStatistics> points) {
        SolveStatistics last = points.get(points.size() - 1);
        LayerReport merged = new LayerReport(
                last.report().method(),
                sum(points, LayerReport::samples),
                sum(points, LayerReport::failures),
                mean(points, LayerReport::meanIterations),
                points.stream().mapToInt(p -> p.report().maxIterations()).max().orElseThrow(),
                worst(points, LayerReport::worstResidual),
                mean(points, LayerReport::seconds),
                -worst(points, report -> -report.margin()));
        return new SolveStatistics(last.layer(), last.iteration(), last.epoch(), merged);
    }

    private static int sum(List<SolveStatistics> points, ToIntFunction<LayerReport> of) {
        return points.stream().mapToInt(point -> of.applyAsInt(point.report())).sum();
    }

    private static double mean(List<SolveStatistics> points, ToDoubleFunction<LayerReport> of) {
        return points.stream()
                .mapToDouble(point -> of.applyAsDouble(point.report()))
                .average()
                .orElseThrow();
    }

    /** The largest; NaN, the worst of all, if one is. */
    private static double worst(List<SolveStatistics> points, ToDoubleFunction<LayerReport> of) {
        return points.stream()
                .mapToDouble(point -> of.applyAsDouble(point.report()))
                .reduce(Double.NEGATIVE_INFINITY, Math::max);
    }
}
