package org.implicitdl.convert.certify;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What φ does to boxes. */
interface IntervalActivation {

    /** A box that contains φ(z) for all z of a box. */
    Box image(Box z);

    /**
     * A bound s [n, m] of |φᵢ'| on each box: |φ(z) − φ(z')| ≤ s ⊙ |z − z'| for z and z' of the box; empty if φ is not
     * known to act on each component alone.
     */
    default Optional<INDArray> slopes(Box z) {
        return Optional.empty();
    }

    /** Linear functions below and above φ on each box; empty where there are none but constants. */
    default Optional<Relaxation> relax(Box z) {
        return Optional.empty();
    }

    /** A Lipschitz constant of φ in ℓ₁, ℓ₂ and ℓ∞ everywhere, or +∞. */
    double lipschitz();

    /** Whether φ is known to act on each component alone. */
    boolean isComponentwise();
}
