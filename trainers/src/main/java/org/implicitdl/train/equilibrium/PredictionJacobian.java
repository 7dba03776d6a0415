package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Matrix;

/**
 * The Jacobian J of the predictions in M = [A B; C D], by the implicit function theorem: dŷ = C(I − φ'A)⁻¹φ'(dA x + dB u) +
 * dC x + dD u. It is never formed.
 */
sealed interface PredictionJacobian permits OutputJacobian, LinearizedJacobian {

    /** The number m of samples. */
    int samples();

    /** The number q of outputs. */
    int outputs();

    /** JV [q, m] for V of the shape of M. */
    Matrix times(Matrix v);

    /** JᵀR for R [q, m], in the shape of M. */
    Matrix transposeTimes(Matrix r);

    /** The diagonal of JᵀJ or an estimate of it, in the shape of M. */
    Matrix squares();
}
