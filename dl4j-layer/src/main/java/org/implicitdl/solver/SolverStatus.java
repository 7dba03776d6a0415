package org.implicitdl.solver;

/** How the search for the state of one sample ended. */
public enum SolverStatus {
    CONVERGED("the residual is within the tolerance"),
    ITERATION_LIMIT(
            "the residual is still above the tolerance at the last iteration: raise the limit or the tolerance, or"
                    + " lower the norm of A"),
    INEXACT("rounding keeps the residual of a direct solution above the tolerance: compute in double precision, raise"
            + " the tolerance, and check that the certificate is that of this A"),
    SINGULAR("the linear system is singular to working precision, so that the solution has no derivative: certify A, or"
            + " constrain its norm"),
    DIVERGED("the residual grows: A has no certificate that makes this method converge; certify A, or constrain its"
            + " norm"),
    NON_FINITE("a NaN or an infinite number came up: look for it in A, B, b and the input");

    private final String cure;

    SolverStatus(String cure) {
        this.cure = cure;
    }

    /** What the status means, and what to try. */
    public String cure() {
        return cure;
    }
}
