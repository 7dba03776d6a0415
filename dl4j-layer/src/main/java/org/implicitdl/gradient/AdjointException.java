package org.implicitdl.gradient;

import org.implicitdl.solver.SolverReport;

/** Says that the gradient was not found for every sample: for how many, how far off, and what to try. */
public final class AdjointException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient SolverReport report;

    AdjointException(SolverReport report) {
        super(report.method() + " found the gradient through x = φ(Ax + v) " + report.shortfall());
        this.report = report;
    }

    /** What was done, sample by sample; null after deserialization. */
    public SolverReport report() {
        return report;
    }
}
