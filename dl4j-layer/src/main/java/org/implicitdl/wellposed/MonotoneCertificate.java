package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;

/**
 * Lλmax((A + Aᵀ)/2) < 1 with φ componentwise, nondecreasing and L-Lipschitz. Then φ/L is the proximal operator of a
 * convex function, and I − LA is strongly monotone, so that the solution exists and is unique (Winston and Kolter,
 * Monotone operator equilibrium networks, 2020, for L = 1; the general case by x = Ly).
 *
 * <p>Picard need not converge (A = −5 is an example); Peaceman–Rachford splitting does. The margin is 1 − Lλmax, at
 * most 1.
 *
 * @param states the order n of A
 * @param eigenvalue λmax((A + Aᵀ)/2), or a proven upper bound
 * @param lipschitz the Lipschitz constant L of φ
 * @param distance ‖I − LA‖₂ or an estimate of it, from which the step of the splitting follows; the proof does not rest on
 *     it
 */
public record MonotoneCertificate(int states, double eigenvalue, double lipschitz, double distance)
        implements Certificate {

    @Override
    public Condition condition() {
        return Condition.MONOTONE;
    }

    /** The constant 1 − Lλmax of strong monotonicity of I − LA. */
    public double strongMonotonicity() {
        return 1 - lipschitz * eigenvalue;
    }

    @Override
    public double margin() {
        return Math.min(1, strongMonotonicity());
    }

    /** Only for constants up to this one's own: {@link #distance()} was computed for it. */
    @Override
    public boolean holdsFor(Activation phi) {
        ActivationTraits traits = ActivationTraits.of(phi, states);
        return traits.nondecreasing() && traits.lipschitz() <= lipschitz;
    }

    @Override
    public boolean picardConverges() {
        return false;
    }

    /** {@inheritDoc} It is this one: A and Aᵀ have the same symmetric part, and ‖I − LAᵀ‖₂ = ‖I − LA‖₂. */
    @Override
    public MonotoneCertificate transposed() {
        return this;
    }

    @Override
    public String statement() {
        return String.format(
                Locale.ROOT,
                "%s: λmax((A + Aᵀ)/2) = %.6g; holds for every componentwise nondecreasing φ with a Lipschitz constant up"
                        + " to %.6g",
                condition(),
                eigenvalue,
                lipschitz);
    }

    @Override
    public String toString() {
        return statement();
    }
}
