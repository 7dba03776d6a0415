package org.implicitdl.convert.compress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.model.ImplicitModel;

/**
 * Size against error: a model compressed in several ways, each from the original, and reduced afterwards.
 *
 * @param points the original, and then one point for each compression
 */
public record CompressionCurve(List<Point> points) {

    /** Copies the list. */
    public CompressionCurve {
        points = List.copyOf(points);
    }

    /**
     * A model and its error.
     *
     * @param name how it was made
     * @param model the compressed and reduced model
     * @param connections the number of nonzeros of A, B, C and D, or of their factors where they are of low rank
     * @param error of the model on the data
     */
    public record Point(String name, ImplicitModel model, long connections, double error) {}

    /**
     * Measures the models.
     *
     * @param error the error of a model, on data that it was not trained on
     */
    public static CompressionCurve of(
            ImplicitModel model, List<? extends Compression> compressions, ToDoubleFunction<ImplicitModel> error) {
        List<Point> points = new ArrayList<>();
        points.add(point("original", model, error));
        for (Compression compression : compressions) {
            ImplicitModel smaller =
                    Reducer.standard().reduce(compression.apply(model)).model();
            points.add(point(compression.name(), smaller, error));
        }
        return new CompressionCurve(points);
    }

    private static Point point(String name, ImplicitModel model, ToDoubleFunction<ImplicitModel> error) {
        return new Point(name, model, WeightBlocks.connections(model), error.applyAsDouble(model));
    }

    /** A table of states, parameters and errors, one line a model. */
    public String toText() {
        StringBuilder text = new StringBuilder(
                String.format("%-32s %8s %12s %8s  %s%n", "model", "states", "connections", "share", "error"));
        long all = points.get(0).connections();
        for (Point point : points) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-32s %8d %12d %7.1f%%  %.6g%n",
                    point.name(),
                    point.model().states(),
                    point.connections(),
                    100.0 * point.connections() / all,
                    point.error()));
        }
        return text.toString();
    }
}
