package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.DenseOperator;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/** The steps that most layers are made of. */
final class Steps {
    private Steps() {}

    /** The step h ↦ Wᵀh + b over copies of DL4J's W [n_in, n_out] and b [1, n_out]. */
    static List<Step> affine(LayerSource<?> layer, boolean hasBias) {
        return List.of(new Step.Affine(
                DenseOperator.copyOf(layer.parameter("W").transpose()),
                hasBias ? Optional.of(layer.parameter("b").dup()) : Optional.empty()));
    }

    /** The steps, followed by an activation; the identity needs none. */
    static List<Step> activated(LayerSource<?> layer, List<Step> steps, IActivation activation) {
        if (activation instanceof ActivationIdentity) {
            return steps;
        }
        List<Step> all = new ArrayList<>(steps);
        all.add(new Step.Activate(map(layer, activation)));
        return List.copyOf(all);
    }

    private static Activation map(LayerSource<?> layer, IActivation activation) {
        try {
            return Activations.of(Copies.of(activation));
        } catch (IllegalArgumentException e) {
            throw layer.unsupported("its activation has no form as a map: " + e.getMessage());
        }
    }
}
