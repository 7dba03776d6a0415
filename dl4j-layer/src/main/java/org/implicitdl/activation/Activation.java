package org.implicitdl.activation;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The activation map φ of the prediction rule (1), applied to every column (sample) of an array.
 *
 * <p>Implementations are immutable values; {@link FenchelActivation} are those that act on each component by one
 * nondecreasing function and have a Fenchel divergence.
 */
public interface Activation {

    /**
     * φ(Z).
     *
     * @param z [n, m], not changed
     * @return a new array [n, m]
     */
    INDArray apply(INDArray z);

    /**
     * φ(Z) in the place of Z, for whoever does not need Z any more.
     *
     * @param z [n, m] in 'f' order, the caller's own array, which is overwritten by φ(Z)
     */
    default void applyInPlace(INDArray z) {
        z.assign(apply(z));
    }

    /**
     * The product of the transposed Jacobian of φ at each column of Z with the same column of V.
     *
     * @param z [n, m], where the derivative is taken; not changed
     * @param v [n, m], not changed
     * @return a new array [n, m]
     */
    INDArray transposedJacobianTimes(INDArray z, INDArray v);

    /**
     * A Lipschitz constant of φ in each of the norms ℓ₁, ℓ₂ and ℓ∞.
     *
     * @return the constant, or +∞ if none is known
     */
    double lipschitz();

    /** Whether component i of φ(z) depends on component i of z alone. */
    boolean isComponentwise();

    /**
     * The map of the components {@code from} (included) to {@code to} (not included), which must not depend on others.
     *
     * @throws IllegalArgumentException if φ mixes these components with others
     */
    Activation slice(int from, int to);
}
