package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;

/** Some consecutive channels, the last of which is included. */
final class SubsetVertexTranslator implements VertexTranslator<SubsetVertex> {

    @Override
    public Class<SubsetVertex> type() {
        return SubsetVertex.class;
    }

    @Override
    public Signal translate(VertexSource<SubsetVertex> vertex, List<Signal> inputs) {
        TensorShape shape = inputs.get(0).shape();
        int from = vertex.conf().getFrom();
        int count = vertex.conf().getTo() - from + 1;
        if (shape.channelsLast() || shape.grid().size() > 2) {
            throw vertex.unsupported("DL4J takes a part of the first dimension after the samples, which is not that of"
                    + " the channels in " + shape + "; use channels first");
        }
        if (from < 0 || count < 1 || from + count > shape.channels()) {
            throw vertex.unsupported(
                    "it takes the channels " + from + " to " + vertex.conf().getTo() + " of " + shape);
        }
        return inputs.get(0).slice(from * shape.points(), shape.withChannels(count));
    }
}
