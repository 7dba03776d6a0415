package org.implicitdl.gradient;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How gradients are taken through x = φ(Ax + v): a method for the adjoint state S = φ'(Z)ᵀ(AᵀS + G), Z = AX + V, of a
 * loss with the derivative G = ∂ℓ/∂X where X enters it directly.
 *
 * <p>By the implicit function theorem, δx = φ'(z)(A δx + δA x + δv), so that δℓ = ∑ gᵀδx = ∑ sᵀ(δA x + δv). Hence ∂ℓ/∂V =
 * S and ∂ℓ/∂A = SXᵀ, and for V = BU + b1ᵀ in turn ∂ℓ/∂B = SUᵀ, ∂ℓ/∂b = S1 and ∂ℓ/∂U = BᵀS. At a kink φ' is the one-sided
 * derivative that DL4J takes.
 *
 * <p>A method is an immutable configuration: nothing is kept between calls, and any number of threads may share one.
 */
public interface AdjointMethod {

    /**
     * The adjoint state.
     *
     * @param at the equation, linearized at its solution
     * @param g G [n, m], of the type of the state; not changed
     * @throws org.implicitdl.operator.ShapeException if G is not of the shape and type of the state
     */
    AdjointState solve(Linearization at, INDArray g);

    /**
     * The adjoint state, with something to start from: methods that do not iterate ignore it.
     *
     * @param start [n, m], such as the adjoint state of a similar batch; not changed
     * @throws org.implicitdl.operator.ShapeException if an array is not of the shape and type of the state
     */
    default AdjointState solve(Linearization at, INDArray g, INDArray start) {
        at.require("start", start);
        return solve(at, g);
    }
}
