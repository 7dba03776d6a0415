package org.implicitdl.train.minibatch;

import org.implicitdl.activation.FenchelActivation;

/**
 * What an implicit model x = φ(Ax + Bu), ŷ = Cx + Dv is beside its weights.
 *
 * @param phi φ
 * @param loss what the outputs ŷ are judged by
 * @param kappa the bound κ of ‖A‖∞, below 1/L for the Lipschitz constant L of φ
 */
public record ImplicitForm(FenchelActivation phi, OutputLoss loss, double kappa) {

    /** @throws IllegalArgumentException unless the rule is well-posed for every A within the bound */
    public ImplicitForm {
        if (!(kappa > 0 && kappa * phi.lipschitz() < 1)) {
            throw new IllegalArgumentException("The bound κ of the norm of A must be positive and below "
                    + 1 / phi.lipschitz() + " for " + phi + ", but is " + kappa + ".");
        }
    }
}
