package org.implicitdl.convert;

import java.util.List;
import java.util.function.UnaryOperator;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What goes into a model, from DL4J's arrays of a network's inputs.
 *
 * @param each for each input, the columns of its array of features, which has samples as rows
 */
record Readers(List<UnaryOperator<INDArray>> each) {

    /** Features as they are, and indices as one-hot columns. */
    static Readers of(List<Port> inputs, DataType type) {
        return new Readers(inputs.stream()
                .<UnaryOperator<INDArray>>map(port -> features -> port.columns(features, type))
                .toList());
    }

    /**
     * The columns of all inputs, one below the other.
     *
     * @throws ShapeException if features have another shape, or there are more or fewer of them than inputs
     */
    INDArray columns(INDArray... features) {
        int given = features == null ? 0 : features.length;
        if (given != each.size()) {
            throw new ShapeException(
                    "The network has " + each.size() + (each.size() == 1 ? " input" : " inputs") + ", but " + given
                            + (given == 1 ? " array of features was given." : " arrays of features were given."));
        }
        if (given == 1) {
            return each.get(0).apply(features[0]);
        }
        INDArray[] parts = new INDArray[given];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = each.get(i).apply(features[i]);
            if (parts[i].size(1) != parts[0].size(1)) {
                throw new ShapeException("All inputs must have the same number of samples, but the first has "
                        + parts[0].size(1) + " and input " + i + " has " + parts[i].size(1) + ".");
            }
        }
        return Nd4j.concat(0, parts).dup('f');
    }
}
