package org.implicitdl.layer;

/** The method that finds the state of an {@link ImplicitLayer}. */
public enum SolverType {
    /** What the certificate of A proves to work, with a chain of methods to fall back to. */
    AUTO,

    /** The backward recursion of §3.1, for strictly upper triangular A. */
    BACK_SUBSTITUTION,

    /** x ← (1 − β)x + βφ(Ax + v), with {@code damping} β (1 by default). */
    PICARD,

    /** Anderson acceleration of each sample, safeguarded by Picard, with {@code andersonDepth} and {@code andersonRidge}. */
    ANDERSON,

    /** Operator splitting for monotone A (Winston and Kolter, 2020). */
    PEACEMAN_RACHFORD,

    /** Semismooth Newton: few iterations, each with a linear system of order n for every sample. */
    NEWTON
}
