package org.implicitdl.convert;

import java.util.List;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model that is given DL4J's arrays of features.
 *
 * @param readers make the model's input of them
 * @param model the rule for that input
 */
record Feed(Readers readers, ImplicitModel model) {

    /** The model itself, or one that computes the same from looked up columns where its inputs are indices. */
    static Feed of(ImplicitModel model, List<Port> inputs, DataType type) {
        return inputs.stream().anyMatch(Port::indices)
                ? LookUp.feed(model, inputs, type).orElseGet(() -> new Feed(Readers.of(inputs, type), model))
                : new Feed(Readers.of(inputs, type), model);
    }

    INDArray output(INDArray... features) {
        return model.output(readers.columns(features));
    }
}
