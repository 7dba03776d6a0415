package org.implicitdl.zoo.synthetic.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.Palette;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.SyntheticResults.TunedMethods;

/** The paper's Figure 1: errors against iterations, and beside them against time, for training and test. */
final class SyntheticFigure {
    /** Smaller errors are drawn at this height. */
    static final double FLOOR = 1e-5;

    /** For baselines. */
    private static final List<Color> GREYS = List.of(new Color(0x999999), new Color(0x333333));

    private SyntheticFigure() {}

    static Figure of(SyntheticResults results) {
        List<List<Panel>> rows = new ArrayList<>();
        for (TunedMethods tuned : results.methods()) {
            rows.add(row(results, tuned, "training", Point::trainRmse));
            rows.add(row(results, tuned, "test", Point::testRmse));
        }
        return new Figure(
                "Recovering random tanh networks: RMSE of the methods of §7.1",
                "Mean over " + Count.of(results.settings().trials(), "trial")
                        + "; bands from the 10 % to the 90 % quantile; fits of the same network unless dashed.",
                rows);
    }

    private static List<Panel> row(
            SyntheticResults results, TunedMethods tuned, String set, ToDoubleFunction<Point> error) {
        Map<String, Color> colors = colors(tuned.methods());
        CurveBands bands = new CurveBands(results, tuned, error, method -> colors.get(method.id()));
        String title = "covariance " + tuned.covariance().id() + ": " + set + " error against ";
        String rmse = set + " RMSE";
        return List.of(
                new Panel(title + "iterations", "iteration", rmse, FLOOR, bands.againstIterations()),
                new Panel(title + "time", "seconds", rmse, FLOOR, bands.againstSeconds()));
    }

    private static Map<String, Color> colors(List<FittingMethod> methods) {
        List<FittingMethod> baselines =
                methods.stream().filter(FittingMethod::isBaseline).toList();
        List<FittingMethod> iterative =
                methods.stream().filter(method -> !method.isBaseline()).toList();
        return methods.stream()
                .collect(Collectors.toMap(
                        FittingMethod::id,
                        method -> method.isBaseline()
                                ? GREYS.get(baselines.indexOf(method) % GREYS.size())
                                : Palette.color(iterative.indexOf(method))));
    }
}
