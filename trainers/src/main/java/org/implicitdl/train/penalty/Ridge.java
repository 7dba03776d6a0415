package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/**
 * g(W) = ½ρ‖W‖²_F. Beside the norms (19) it keeps C from growing while B falls to 0.
 *
 * @param weight ρ ≥ 0
 */
public record Ridge(double weight) implements Penalty {

    /** @throws IllegalArgumentException if the weight is negative or not finite */
    public Ridge {
        Arguments.weight(weight);
    }

    @Override
    public double value(Matrix w) {
        double norm = w.frobeniusNorm();
        return 0.5 * weight * norm * norm;
    }

    /** W/(1 + step ρ). */
    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        return Entries.scaled(w, 1 / (1 + step * weight));
    }

    /** −G/ρ. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        if (weight == 0) {
            throw new UnboundedPenaltyException(this);
        }
        return Entries.scaled(g, -1 / weight);
    }

    @Override
    public boolean isMonotone() {
        return true;
    }

    @Override
    public String toString() {
        return "a ridge of weight " + weight;
    }
}
