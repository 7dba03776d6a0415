package org.implicitdl.wellposed;

import org.implicitdl.activation.Activation;

/**
 * A proof that x = φ(Ax + b) has exactly one solution for every b: the condition that holds, how far inside it the
 * matrix lies, and the data that lets anybody check it. From its kind follows how the equation is solved.
 */
public sealed interface Certificate
        permits CompositionCertificate, ContractionCertificate, MonotoneCertificate, TriangularCertificate {

    /** The condition that was found to hold. */
    Condition condition();

    /** The order n of the matrix. */
    int states();

    /**
     * How far inside the condition the matrix lies, from 0 (excluded) to 1 (independent of A); each kind says what is
     * measured.
     */
    double margin();

    /** Whether the proof holds for another activation map as well. */
    boolean holdsFor(Activation phi);

    /** Whether the Picard iteration x ← φ(Ax + b) is proven to converge from every start. */
    boolean picardConverges();

    /**
     * The proof for the adjoint equation s = φ'(z)ᵀ(Aᵀs + g), and for x = ψ(Aᵀx + b) with any other ψ that this one holds
     * for: the certificate of Aᵀ, found by no test. Its margin is the same.
     */
    Certificate transposed();

    /** The proof in words: condition, values, and for which φ it holds. */
    String statement();
}
