package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;

/**
 * Where the descent stands: all that the next sweep depends on, beside the method and the data.
 *
 * @param weights A, B, C, D
 * @param x the states X [n, m]
 * @param v the proxy in the form V = φ⁻¹(P) [n, m]
 * @param relaxation λ and μ, which a continuation changes
 * @param sweeps how many were made
 */
public record ImplicitState(ImplicitWeights weights, Matrix x, Matrix v, Relaxation relaxation, int sweeps) {

    ImplicitState withWeights(ImplicitWeights other) {
        return new ImplicitState(other, x, v, relaxation, sweeps);
    }

    ImplicitState withStates(Matrix newX, Matrix newV) {
        return new ImplicitState(weights, newX, newV, relaxation, sweeps);
    }

    ImplicitState next(Relaxation newRelaxation) {
        return new ImplicitState(weights, x, v, newRelaxation, sweeps + 1);
    }
}
