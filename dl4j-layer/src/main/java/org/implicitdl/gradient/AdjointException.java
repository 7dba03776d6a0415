package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;

/** Says that the gradient was not found for every sample: for how many, how far off, and what to try. */
public final class AdjointException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient SolverReport report;

    AdjointException(SolverReport report) {
        super(String.format(
                Locale.ROOT,
                "%s found the gradient through x = φ(Ax + v) for %d of %d samples only; the worst residual is %.3g after"
                        + " at most %d iterations. %s",
                report.method(),
                report.samples() - report.failures(),
                report.samples(),
                report.worstResidual(),
                report.maxIterations(),
                causes(report)));
        this.report = report;
    }

    private static String causes(SolverReport report) {
        return Arrays.stream(SolverStatus.values())
                .filter(status ->
                        status != SolverStatus.CONVERGED && report.statuses().contains(status))
                .map(status -> status + ": " + status.cure() + ".")
                .collect(Collectors.joining(" "));
    }

    /** What was done, sample by sample; null after deserialization. */
    public SolverReport report() {
        return report;
    }
}
