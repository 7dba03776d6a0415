package org.implicitdl.gradient;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Jacobian-free gradient S ≈ φ'(Z)ᵀG: that of the last step x ← φ(Ax + v), with the state before it held fixed (Fung et
 * al., JFB: Jacobian-free backpropagation for implicit networks, 2022). It solves no system; it is exact for A = 0, and the
 * better the more φ(A· + v) contracts.
 */
public final class OneStep implements AdjointMethod {
    private static final OneStep INSTANCE = new OneStep();

    private OneStep() {}

    /** The method, which has no settings. */
    public static OneStep withDefaults() {
        return INSTANCE;
    }

    /** {@inheritDoc} The report says converged wherever the result is finite, and gives no residual (NaN). */
    @Override
    public AdjointState solve(Linearization at, INDArray g) {
        return Truncation.report("One step", at.derivative().apply(at.require("gradient G in the state", g)), 1);
    }

    @Override
    public String toString() {
        return "One step";
    }
}
