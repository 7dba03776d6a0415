package org.implicitdl.wellposed;

import org.implicitdl.activation.Activation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;

/**
 * What the conditions ask of φ.
 *
 * @param componentwise whether every component of φ(z) depends on the same component of z alone
 * @param nondecreasing whether φ is componentwise and every component is nondecreasing
 * @param lipschitz a Lipschitz constant L of φ in ℓ₁, ℓ₂ and ℓ∞, or +∞
 */
public record ActivationTraits(boolean componentwise, boolean nondecreasing, double lipschitz) {

    /** @throws IllegalArgumentException if the Lipschitz constant is NaN or negative */
    public ActivationTraits {
        if (!(lipschitz >= 0)) {
            throw new IllegalArgumentException(
                    "A Lipschitz constant is at least 0, or +∞ if none is known, but is " + lipschitz + ".");
        }
    }

    /** The traits of φ as a map of the given number of states. */
    public static ActivationTraits of(Activation phi, int states) {
        return new ActivationTraits(phi.isComponentwise(), isNondecreasing(phi, states), phi.lipschitz());
    }

    private static boolean isNondecreasing(Activation phi, int states) {
        if (phi instanceof FenchelActivation) {
            return true;
        }
        if (phi instanceof DiagonalActivation diagonal) {
            return diagonal.isNondecreasing();
        }
        if (!phi.isComponentwise()) {
            return false;
        }
        for (int i = 0; i < states; i++) {
            if (!(phi.slice(i, i + 1) instanceof FenchelActivation)) {
                return false;
            }
        }
        return true;
    }

    /** L times a gain, where a gain of 0 needs no Lipschitz constant. */
    double amplify(double gain) {
        return gain == 0 ? 0 : lipschitz * gain;
    }
}
