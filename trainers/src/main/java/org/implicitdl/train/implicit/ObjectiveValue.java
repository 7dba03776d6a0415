package org.implicitdl.train.implicit;

/**
 * The value of (11), or of (9) where P = X, and its parts, summed over the samples.
 *
 * @param loss L(Y, CP + DV)
 * @param divergence ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ), zero exactly if P solves the rule for X
 * @param coupling ½μ‖X − P‖²_F
 * @param penalty the penalty of A, B, C, D; +∞ if a constraint is violated
 */
public record ObjectiveValue(double loss, double divergence, double coupling, double penalty) {

    /** The value of the objective. */
    public double total() {
        return loss + divergence + coupling + penalty;
    }
}
