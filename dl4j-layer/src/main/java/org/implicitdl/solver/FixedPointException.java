package org.implicitdl.solver;

/** Says that a fixed-point equation was not solved for every sample: for how many, how far off, and what to try. */
public final class FixedPointException extends ArithmeticException {
    /** What messages call the equation of the state. */
    public static final String EQUATION = "x = φ(Ax + v)";

    private static final long serialVersionUID = 1L;

    private final transient SolverReport report;

    FixedPointException(SolverReport report) {
        this(report, EQUATION, "", "");
    }

    /** The failure of another equation of this form. */
    public FixedPointException(SolverReport report, String equation) {
        this(report, equation, "", "");
    }

    /**
     * The failure of a solve that belongs to something larger.
     *
     * @param equation what was to be solved
     * @param where what it belongs to, said first
     * @param more what else may help, said last
     */
    public FixedPointException(SolverReport report, String equation, String where, String more) {
        super((where.isEmpty() ? "" : where + ": ") + report.method() + " solved " + equation + " " + report.shortfall()
                + (more.isEmpty() ? "" : " " + more));
        this.report = report;
    }

    /** What was done, sample by sample; null after deserialization. */
    public SolverReport report() {
        return report;
    }
}
