package org.implicitdl.layer.ui;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.implicitdl.layer.LayerReport;
import org.implicitdl.layer.SolveStatistics;

/** Series as the page reads them: for each layer its latest point, and one array for each quantity. */
record SeriesJson(Thinning thinning) {

    JsonObject of(List<String> sessions, String session, Map<String, List<SolveStatistics>> series) {
        List<JsonObject> layers = new ArrayList<>();
        series.forEach((name, points) -> layers.add(layer(name, points)));
        return new JsonObject()
                .put("sessions", new JsonArray(sessions))
                .put("session", session)
                .put("layers", new JsonArray(layers));
    }

    private JsonObject layer(String name, List<SolveStatistics> points) {
        List<SolveStatistics> thinned = thinning.thin(points);
        return new JsonObject()
                .put("name", name)
                .put("latest", latest(points.get(points.size() - 1)))
                .put("iteration", array(thinned, SolveStatistics::iteration))
                .put("meanIterations", reported(thinned, LayerReport::meanIterations))
                .put("maxIterations", reported(thinned, LayerReport::maxIterations))
                .put("worstResidual", reported(thinned, LayerReport::worstResidual))
                .put("seconds", reported(thinned, LayerReport::seconds))
                .put("margin", reported(thinned, LayerReport::margin));
    }

    private static JsonObject latest(SolveStatistics point) {
        LayerReport report = point.report();
        return new JsonObject()
                .put("method", report.method())
                .put("iteration", point.iteration())
                .put("epoch", point.epoch())
                .put("samples", report.samples())
                .put("failures", report.failures())
                .put("meanIterations", finite(report.meanIterations()))
                .put("maxIterations", report.maxIterations())
                .put("worstResidual", finite(report.worstResidual()))
                .put("seconds", finite(report.seconds()))
                .put("margin", finite(report.margin()));
    }

    private static JsonArray reported(List<SolveStatistics> points, Function<LayerReport, Number> value) {
        return array(points, point -> value.apply(point.report()));
    }

    private static JsonArray array(List<SolveStatistics> points, Function<SolveStatistics, Number> value) {
        List<Number> values = new ArrayList<>(points.size());
        points.forEach(point -> values.add(finite(value.apply(point))));
        return new JsonArray(values);
    }

    /** JSON has no NaN and no infinity: null instead, which a chart shows as a gap. */
    private static Number finite(Number number) {
        return Double.isFinite(number.doubleValue()) ? number : null;
    }
}
