package org.implicitdl.layer;

/** What happens if the state of a sample is not found to the tolerance. */
public enum FailureAction {
    /** A warning is logged and reported to listeners, and the best iterate is used. */
    WARN,

    /** {@link org.implicitdl.solver.FixedPointException} is thrown. */
    THROW
}
