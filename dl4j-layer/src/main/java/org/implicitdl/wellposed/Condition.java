package org.implicitdl.wellposed;

/**
 * The sufficient conditions for the Well-Posedness Property of §3, in the order in which their certificates are
 * preferred. L is a Lipschitz constant of φ; the paper states them for L = 1.
 */
public enum Condition {
    TRIANGULAR("A is triangular after a permutation, with diagonal entries below 1/L (§3.1)"),
    NORM_INF("L‖A‖∞ < 1 (2)"),
    NORM_1("L‖A‖₁ < 1 (2)"),
    NORM_2("L‖A‖₂ < 1 (2)"),
    RANK_ONE("A = pqᵀ with L|p|ᵀ|q| < 1 (§3.2)"),
    PERRON_FROBENIUS("Lρ(|A|) < 1, the best scaling of ‖A‖∞ (§3.2)"),
    LYAPUNOV("S − L²AᵀSA ≻ 0 for a diagonal S ≻ 0 (§3.2)"),
    BLOCK_TRIANGULAR("A is block triangular after a permutation, with well-posed diagonal blocks (Theorem 1)"),
    MONOTONE("Lλmax((A + Aᵀ)/2) < 1, with φ componentwise and nondecreasing");

    private final String formula;

    Condition(String formula) {
        this.formula = formula;
    }

    /** The condition as a formula, and where it is from. */
    public String formula() {
        return formula;
    }
}
