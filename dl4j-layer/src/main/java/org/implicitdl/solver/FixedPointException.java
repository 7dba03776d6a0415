package org.implicitdl.solver;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says that a fixed-point equation was not solved for every sample: for how many, how far off, and what to try. */
public final class FixedPointException extends ArithmeticException {
    /** What messages call the equation of the state. */
    public static final String EQUATION = "x = φ(Ax + v)";

    private static final long serialVersionUID = 1L;

    private final transient SolverReport report;

    FixedPointException(SolverReport report) {
        this(report, EQUATION);
    }

    /**
     * The failure of a solve that belongs to something larger, or of another equation of this form.
     *
     * @param equation what was to be solved, and, if that helps, where
     */
    public FixedPointException(SolverReport report, String equation) {
        super(String.format(
                Locale.ROOT,
                "%s solved %s for %d of %d samples only; the worst residual is %.3g after at most %d iterations. %s",
                report.method(),
                equation,
                report.samples() - report.failures(),
                report.samples(),
                report.worstResidual(),
                report.maxIterations(),
                causes(report)));
        this.report = report;
    }

    private static String causes(SolverReport report) {
        Map<SolverStatus, Long> counts = report.statuses().stream()
                .filter(status -> status != SolverStatus.CONVERGED)
                .collect(Collectors.groupingBy(
                        status -> status, () -> new EnumMap<>(SolverStatus.class), Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + "): "
                        + entry.getKey().cure() + ".")
                .collect(Collectors.joining(" "));
    }

    /** What was done, sample by sample; null after deserialization. */
    public SolverReport report() {
        return report;
    }
}
