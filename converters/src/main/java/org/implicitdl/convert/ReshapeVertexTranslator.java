package org.implicitdl.convert;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;

/** The same features in another shape, in 'c' order of DL4J's array; the first dimension stays that of the samples. */
final class ReshapeVertexTranslator implements VertexTranslator<ReshapeVertex> {

    @Override
    public Class<ReshapeVertex> type() {
        return ReshapeVertex.class;
    }

    @Override
    public Signal translate(VertexSource<ReshapeVertex> vertex, List<Signal> inputs) {
        Signal input = inputs.get(0);
        int[] shape = vertex.conf().getNewShape();
        if (vertex.conf().getReshapeOrder() != 'c'
                || shape.length < 2
                || shape[0] != -1
                || input.shape().folded()) {
            throw vertex.unsupported("it mixes samples: a reshape to " + Arrays.toString(shape) + " in '"
                    + vertex.conf().getReshapeOrder() + "' order; use 'c' order and -1 for the first dimension");
        }
        int size = Arrays.stream(shape).skip(1).reduce(1, (m, n) -> m * n);
        if (size != input.shape().size()) {
            throw vertex.unsupported("its shape " + Arrays.toString(shape) + " does not have the size "
                    + input.shape().size() + " of " + input.shape());
        }
        TensorShape to = TensorShape.flat(shape[1]).withGrid(Arrays.copyOfRange(shape, 2, shape.length));
        return Selections.fromArrayOrder(Selections.arrayOrder(input), to);
    }
}
