package org.implicitdl.convert;

import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of what a layer computes at inference; samples are columns. */
public sealed interface Step {

    /**
     * The map h ↦ Wh + b.
     *
     * @param weights W [n_out, n_in]
     * @param bias b, a vector of length n_out that nobody changes; empty if it is zero
     */
    record Affine(LinearOperator weights, Optional<INDArray> bias) implements Step {

        /** @throws ShapeException if b does not have the length n_out */
        public Affine {
            if (bias.isPresent() && bias.get().length() != weights.rows()) {
                throw new ShapeException(
                        "The bias of a layer with " + weights.rows() + " outputs must have that length," + " but has "
                                + bias.get().length() + ".");
            }
        }
    }

    /**
     * The map h ↦ φ(h).
     *
     * @param phi the activation map
     */
    record Activate(Activation phi) implements Step {}

    /**
     * A rule of the form (1).
     *
     * @param model the rule from the layer's input to its output
     */
    record Implicit(ImplicitModel model) implements Step {}
}
