package org.implicitdl.solver;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a solver did, sample by sample.
 *
 * @param method the solver, in words
 * @param statuses how it ended for each sample
 * @param residuals ‖φ(Ax + v) − x‖ / max(‖x‖, 1) in the norm ℓ₂ (1 is the default floor of the rule), of the state that is returned; NaN where there is none
 * @param iterations the evaluations of φ(Ax + v) used for each sample
 */
public record SolverReport(String method, List<SolverStatus> statuses, double[] residuals, int[] iterations) {

    /** @throws IllegalArgumentException if the three do not have one entry for each sample */
    public SolverReport {
        statuses = List.copyOf(statuses);
        residuals = residuals.clone();
        iterations = iterations.clone();
        if (statuses.size() != residuals.length || residuals.length != iterations.length) {
            throw new IllegalArgumentException("A report has one status, residual and iteration count for each sample,"
                    + " but " + statuses.size() + ", " + residuals.length + " and " + iterations.length
                    + " were given.");
        }
    }

    /** The residuals, as a copy. */
    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    /** The iterations, as a copy. */
    @Override
    public int[] iterations() {
        return iterations.clone();
    }

    /** The number of samples. */
    public int samples() {
        return residuals.length;
    }

    /** Whether every sample converged. */
    public boolean converged() {
        return failures() == 0;
    }

    /** The number of samples that did not converge. */
    public int failures() {
        return (int) statuses.stream()
                .filter(status -> status != SolverStatus.CONVERGED)
                .count();
    }

    /** The largest residual of a sample; NaN if one is. */
    public double worstResidual() {
        return Arrays.stream(residuals).reduce(0, Math::max);
    }

    /** The largest number of iterations of a sample. */
    public int maxIterations() {
        return Arrays.stream(iterations).max().orElse(0);
    }

    /**
     * What is missing where not every sample converged, in words that follow what was to be done: for how many it was, how
     * far off the others are, and what to try.
     */
    public String shortfall() {
        Map<SolverStatus, Long> counts = statuses.stream()
                .filter(status -> status != SolverStatus.CONVERGED)
                .collect(Collectors.groupingBy(
                        status -> status, () -> new EnumMap<>(SolverStatus.class), Collectors.counting()));
        String causes = counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + "): "
                        + entry.getKey().cure() + ".")
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "for %d of %d samples only; the worst residual is %.3g after at most %d iterations. %s",
                samples() - failures(),
                samples(),
                worstResidual(),
                maxIterations(),
                causes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SolverReport that
                && method.equals(that.method)
                && statuses.equals(that.statuses)
                && Arrays.equals(residuals, that.residuals)
                && Arrays.equals(iterations, that.iterations);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * statuses.hashCode() + Arrays.hashCode(residuals)) + Arrays.hashCode(iterations);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d samples converged, worst residual %.3g, at most %d iterations",
                method,
                samples() - failures(),
                samples(),
                worstResidual(),
                maxIterations());
    }
}
