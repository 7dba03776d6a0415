package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Matrix;

/**
 * The Jacobian RᵀJ in M = [A B; C D] whose square JᵀRRᵀJ is the Gauss–Newton matrix of the loss: J is that of the predictions,
 * by the implicit function theorem dŷ = C(I − φ'A)⁻¹φ'(dA x + dB u) + dC x + dD v, and RRᵀ = ∇²Φ(ŷ) the curvature of the
 * loss, the identity for the squared loss. It is never formed.
 */
sealed interface PredictionJacobian permits OutputJacobian, LinearizedJacobian {

    /** RᵀJV [q, m] for V of the shape of M. */
    Matrix times(Matrix v);

    /** JᵀRT for T [q, m], in the shape of M. */
    Matrix transposeTimes(Matrix t);

    /** The diagonal of JᵀRRᵀJ or an estimate of it, in the shape of M. */
    Matrix squares();
}
