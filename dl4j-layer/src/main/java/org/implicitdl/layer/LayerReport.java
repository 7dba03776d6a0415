package org.implicitdl.layer;

import java.util.Arrays;
import java.util.Locale;
import org.implicitdl.solver.SolverReport;

/**
 * What a layer did to find its states, or its gradient, for one batch.
 *
 * @param method the solver's name
 * @param samples how many samples the batch had
 * @param failures how many of them did not converge
 * @param meanIterations evaluations of φ(Ax + v) for a sample, on average
 * @param maxIterations the largest number of evaluations for a sample
 * @param worstResidual the largest ‖φ(Ax + v) − x‖₂ / max(‖x‖₂, 1) of a sample
 * @param seconds the wall time of the solver
 * @param margin the margin of the certificate of A, 0 if there is none
 */
public record LayerReport(
        String method,
        int samples,
        int failures,
        double meanIterations,
        int maxIterations,
        double worstResidual,
        double seconds,
        double margin) {

    static LayerReport of(SolverReport report, long nanoseconds, double margin) {
        return new LayerReport(
                report.method(),
                report.samples(),
                report.failures(),
                Arrays.stream(report.iterations()).average().orElse(0),
                report.maxIterations(),
                report.worstResidual(),
                nanoseconds / 1e9,
                margin);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f iterations on average, at most %d, worst residual %.2g, %.3f ms, margin %.3g%s",
                method,
                meanIterations,
                maxIterations,
                worstResidual,
                1e3 * seconds,
                margin,
                failures == 0 ? "" : ", " + failures + " of " + samples + " samples not converged");
    }
}
