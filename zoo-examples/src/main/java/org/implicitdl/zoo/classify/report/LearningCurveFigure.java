package org.implicitdl.zoo.classify.report;

import java.awt.Color;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.EpochPoint;
import org.implicitdl.zoo.classify.UpdatePoint;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Statistics;

/** Score, accuracy, the solver's iterations and the certificate's margin, against epochs. */
final class LearningCurveFigure {
    private static final double SMALLEST_SCORE = 1e-6;

    private LearningCurveFigure() {}

    static Figure of(ClassificationResults results) {
        return new Figure(
                "An implicit layer learns " + results.images().name() + ": "
                        + Percent.of(results.test().accuracy()) + " of the test images right",
                "Lines are means over the updates of an epoch, bands reach from the smallest to the largest.",
                List.of(List.of(score(results), accuracy(results)), List.of(iterations(results), margin(results))));
    }

    private static Panel score(ClassificationResults results) {
        return panel(
                "training score",
                "cross-entropy",
                Scale.LOGARITHMIC,
                overUpdates(results, "training score", new Color(0x0072B2), UpdatePoint::score));
    }

    private static Panel accuracy(ClassificationResults results) {
        Function<EpochPoint, Double> accuracy = EpochPoint::validationAccuracy;
        return panel(
                "validation accuracy",
                "accuracy",
                Scale.LINEAR,
                band(results, "validation accuracy", new Color(0xD55E00), accuracy, accuracy, accuracy));
    }

    private static Panel iterations(ClassificationResults results) {
        return panel(
                "iterations of the solver",
                "iterations per image",
                Scale.LINEAR_FROM_ZERO,
                overUpdates(results, "solver iterations", new Color(0x009E73), UpdatePoint::solverIterations));
    }

    private static Panel margin(ClassificationResults results) {
        return panel(
                "certificate of well-posedness",
                "margin (positive: it holds)",
                Scale.LINEAR_FROM_ZERO,
                overUpdates(results, "margin of the certificate", new Color(0xCC79A7), UpdatePoint::margin));
    }

    private static Panel panel(String title, String yTitle, Scale yScale, Band band) {
        return new Panel(title, "epoch", Scale.LINEAR, yTitle, yScale, SMALLEST_SCORE, List.of(band));
    }

    private static Band overUpdates(
            ClassificationResults results, String name, Color color, ToDoubleFunction<UpdatePoint> figure) {
        Function<EpochPoint, Statistics> statistics = epoch -> epoch.statistics(figure);
        return band(
                results,
                name,
                color,
                statistics.andThen(Statistics::mean),
                statistics.andThen(all -> all.quantile(0)),
                statistics.andThen(all -> all.quantile(1)));
    }

    private static Band band(
            ClassificationResults results,
            String name,
            Color color,
            Function<EpochPoint, Double> middle,
            Function<EpochPoint, Double> low,
            Function<EpochPoint, Double> high) {
        return new Band(
                name,
                color,
                false,
                values(results, epoch -> (double) epoch.epoch()),
                values(results, middle),
                values(results, low),
                values(results, high));
    }

    private static double[] values(ClassificationResults results, Function<EpochPoint, Double> value) {
        return results.epochs().stream().mapToDouble(value::apply).toArray();
    }
}
