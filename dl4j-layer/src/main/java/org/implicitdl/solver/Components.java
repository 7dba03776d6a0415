package org.implicitdl.solver;

import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.FenchelActivation;

/** The scalar functions of a componentwise φ. */
final class Components {
    private Components() {}

    /** The function of component i, if it is a nondecreasing one. */
    static Optional<FenchelActivation> scalar(Activation phi, int i) {
        Activation component = phi instanceof FenchelActivation ? phi : phi.slice(i, i + 1);
        return component instanceof FenchelActivation scalar ? Optional.of(scalar) : Optional.empty();
    }
}
