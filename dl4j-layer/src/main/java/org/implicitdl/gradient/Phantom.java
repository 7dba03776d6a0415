package org.implicitdl.gradient;

import org.implicitdl.solver.FixedPointProblem;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The phantom gradient (Geng et al., On training implicit models, 2021): the sum of k terms S ≈ τφ'(Z)ᵀ ∑ᵢ₌₀ᵏ⁻¹ (τAᵀφ'(Z)ᵀ +
 * (1 − τ)I)ⁱ G, which is what back-propagation through k damped steps x ← (1 − τ)x + τφ(Ax + v) from the solution gives.
 *
 * <p>One undamped step is {@link OneStep}; for k → ∞ the sum tends to the exact adjoint state if the damped steps contract,
 * as they do for a small τ wherever the eigenvalues of φ'(Z)A have real parts below 1. It takes k − 1 products with Aᵀ.
 */
public final class Phantom implements AdjointMethod {
    private final int steps;
    private final double damping;

    private Phantom(int steps, double damping) {
        this.steps = steps;
        this.damping = damping;
    }

    /**
     * The gradient by a number of damped steps.
     *
     * @param steps k
     * @param damping τ
     * @throws IllegalArgumentException if k is not positive, or not 0 < τ ≤ 1
     */
    public static Phantom of(int steps, double damping) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "A phantom gradient takes at least 1 step, but " + steps + " were asked for; try 5.");
        }
        if (!(damping > 0 && damping <= 1)) {
            throw new IllegalArgumentException(
                    "The damping of a phantom gradient must be above 0 and at most 1, but is " + damping
                            + "; try 0.5.");
        }
        return new Phantom(steps, damping);
    }

    /** The number k of steps. */
    public int steps() {
        return steps;
    }

    /** The damping τ. */
    public double damping() {
        return damping;
    }

    /** {@inheritDoc} The report says converged wherever the result is finite, and gives no residual (NaN). */
    @Override
    public AdjointState solve(Linearization at, INDArray g) {
        // In terms of S, the sum is k steps S ← (1 − τ)S + τφ'(Z)ᵀ(AᵀS + G) from zero.
        FixedPointProblem adjoint = at.adjoint(g);
        INDArray s = at.derivative().apply(g).muli(damping);
        for (int i = 1; i < steps; i++) {
            INDArray image = adjoint.apply(s).muli(damping);
            s.muli(1 - damping).addi(image);
        }
        return Truncation.report(toString(), s, steps);
    }

    @Override
    public String toString() {
        return "Phantom of " + steps + " steps damped by " + damping;
    }
}
