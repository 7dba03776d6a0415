package org.implicitdl.convert;

import java.util.Optional;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;

/**
 * The two models of a network, and the inputs for which they compute what it does.
 *
 * @param whole from the inputs to the outputs
 * @param preOutput from the inputs to what goes into the output layers' activations
 * @param box one box of the models' inputs; none for all inputs, which takes no memory
 */
record Models(ImplicitModel whole, ImplicitModel preOutput, Optional<InputBox> box) {

    /** @throws ShapeException unless it is one box of the models' inputs */
    Models {
        box = box.filter(ends -> !ends.isEverything());
        box.ifPresent(ends -> {
            if (ends.inputs() != whole.inputs() || ends.samples() != 1) {
                throw new ShapeException("The box must be one for the model's " + whole.inputs() + " inputs, but is "
                        + ends.samples() + " for " + ends.inputs() + ".");
            }
        });
    }

    /** Models that compute what the network does for all inputs. */
    static Models everywhere(ImplicitModel whole, ImplicitModel preOutput) {
        return new Models(whole, preOutput, Optional.empty());
    }

    InputBox domain() {
        return box.orElseGet(() -> InputBox.everything(whole.inputs()));
    }

    /**
     * Others that compute the same as these for the inputs of a box.
     *
     * @throws ShapeException if they have other numbers of inputs or outputs, or the box has
     * @throws IllegalArgumentException if the box has no input in common with that of these
     */
    Models replacedBy(ImplicitModel otherWhole, ImplicitModel otherPreOutput, InputBox inputs) {
        requireSizes(otherWhole, whole);
        requireSizes(otherPreOutput, preOutput);
        return new Models(
                otherWhole,
                otherPreOutput,
                Optional.of(box.map(ends -> ends.intersect(inputs)).orElse(inputs)));
    }

    private static void requireSizes(ImplicitModel model, ImplicitModel replaced) {
        if (model.inputs() != replaced.inputs() || model.outputs() != replaced.outputs()) {
            throw new ShapeException("A model of " + replaced.inputs() + " inputs and " + replaced.outputs()
                    + " outputs is replaced by one of as many, but it has " + model.inputs() + " and "
                    + model.outputs() + ".");
        }
    }
}
