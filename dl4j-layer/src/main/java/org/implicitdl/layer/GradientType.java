package org.implicitdl.layer;

/** How an {@link ImplicitLayer} differentiates through its equation. */
public enum GradientType {
    /** Implicit differentiation: the transposed linear system is solved. */
    EXACT,

    /** The derivative of one evaluation of φ(Ax + v), with the state held fixed. */
    ONE_STEP,

    /** A damped Neumann sum of {@code phantomSteps} terms (Geng et al., On training implicit models, 2021). */
    PHANTOM
}
