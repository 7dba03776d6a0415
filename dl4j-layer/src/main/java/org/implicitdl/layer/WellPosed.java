package org.implicitdl.layer;

/**
 * How an {@link ImplicitLayer} keeps its equation x = φ(Ax + Bu + b) well-posed. Every choice but {@link #NONE} holds
 * for the initial parameters and after every update. L is the Lipschitz constant of φ, 1 for most.
 */
public enum WellPosed {
    /** L‖A‖∞ ≤ κ, by exact projection of A after every update; (5) in the paper. */
    NORM_INF,

    /** L‖A‖₁ ≤ κ, by exact projection after every update. */
    NORM_ONE,

    /** L‖A‖₂ ≤ κ, by exact projection after every update. */
    NORM_TWO,

    /** A strictly upper triangular (6), as in a feedforward network: the equation is solved by back-substitution. */
    STRICTLY_UPPER_TRIANGULAR,

    /**
     * A = (κI − FᵀF + G − Gᵀ)/L with free parameters F and G, through which the gradient is taken (Winston and Kolter,
     * 2020): I − LA is strongly monotone with m = 1 − κ. Picard need not converge.
     */
    MONOTONE,

    /**
     * A = diag(s)⁻¹ Â diag(s) with free parameters V and t = log s, through which the gradient is taken: the rows of Â are
     * those of V, shrunk to ℓ₁ norms of at most κ/L, so that x ↦ φ(Ax + v) contracts in a weighted maximum norm (§3.2).
     */
    SCALED_NORM_INF,

    /** Nothing is enforced, and nothing is promised: the equation may have no solution, or several. */
    NONE;

    /** Whether a bound κ belongs to the choice. */
    public boolean takesKappa() {
        return this != STRICTLY_UPPER_TRIANGULAR && this != NONE;
    }

    /** Whether φ may not mix components. */
    boolean needsComponentwise() {
        return this == STRICTLY_UPPER_TRIANGULAR || this == MONOTONE || this == SCALED_NORM_INF;
    }
}
