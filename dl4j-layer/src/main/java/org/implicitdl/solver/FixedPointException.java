package org.implicitdl.solver;

/** Says that x = φ(Ax + v) was not solved for every sample: for how many, how far off, and what to try. */
public final class FixedPointException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient SolverReport report;

    FixedPointException(SolverReport report) {
        super(report.method() + " solved x = φ(Ax + v) " + report.shortfall());
        this.report = report;
    }

    /** What was done, sample by sample; null after deserialization. */
    public SolverReport report() {
        return report;
    }
}
