package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/**
 * g(W) = τ∑|wᵢⱼ|, which makes entries zero (5).
 *
 * @param weight τ ≥ 0
 */
public record L1Norm(double weight) implements Penalty {

    /** @throws IllegalArgumentException if the weight is negative or not finite */
    public L1Norm {
        Arguments.weight(weight);
    }

    @Override
    public double value(Matrix w) {
        return weight * Entries.absoluteSum(w.values(), 0, w.values().length);
    }

    /** Soft thresholding: sign(w) max(|w| − step τ, 0). */
    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        return Entries.shrunk(w, step * weight);
    }

    /** Refused: ⟨G, V⟩ + τ‖V‖₁ falls without end where an entry of G exceeds τ. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    @Override
    public String toString() {
        return "an ℓ₁ norm of weight " + weight;
    }
}
