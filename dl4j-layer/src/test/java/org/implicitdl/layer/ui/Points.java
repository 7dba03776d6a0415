package org.implicitdl.layer.ui;

import org.implicitdl.layer.LayerReport;
import org.implicitdl.layer.SolveStatistics;

/** Solves to post. */
final class Points {
    private Points() {}

    /** A solve whose every number tells the iteration. */
    static SolveStatistics point(String layer, int iteration) {
        return new SolveStatistics(
                layer,
                iteration,
                iteration / 10,
                new LayerReport(
                        "Anderson",
                        32,
                        iteration % 3,
                        iteration + 0.25,
                        iteration + 5,
                        1e-6 * (iteration + 1),
                        1e-3 * (iteration + 1),
                        1.0 / (iteration + 2)));
    }

    /** A solve that differs from others in its residual and margin. */
    static SolveStatistics point(String layer, int iteration, double residual, double margin) {
        return new SolveStatistics(layer, iteration, 0, new LayerReport("Picard", 8, 0, 4, 6, residual, 2e-3, margin));
    }
}
