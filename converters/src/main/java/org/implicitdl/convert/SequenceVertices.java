package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** Vertices that make, take apart or turn around sequences, without the masks that they may heed. */
final class SequenceVertices {
    private SequenceVertices() {}

    static List<VertexTranslator<?>> all() {
        return List.of(
                SimpleVertices.of(LastTimeStepVertex.class, (vertex, input) -> Sequences.last(sequence(vertex, input))),
                SimpleVertices.of(
                        ReverseTimeSeriesVertex.class, (vertex, input) -> Sequences.reversed(sequence(vertex, input))),
                SimpleVertices.of(DuplicateToTimeSeriesVertex.class, SequenceVertices::duplicated));
    }

    /** DL4J takes the last dimension for time. */
    private static Signal sequence(VertexSource<?> vertex, Signal input) {
        requireChannelsFirst(vertex, input.shape());
        return input;
    }

    /** As many steps as an input of the network has. */
    private static Signal duplicated(VertexSource<DuplicateToTimeSeriesVertex> vertex, Signal input) {
        String name = vertex.conf().getInputName();
        TensorShape like = vertex.networkInputs().get(name);
        if (like == null) {
            throw vertex.unsupported("the input \"" + name + "\", whose length it takes, is none of the network's "
                    + vertex.networkInputs().keySet());
        }
        requireChannelsFirst(vertex, like);
        if (!input.shape().grid().isEmpty()) {
            throw vertex.unsupported("it repeats rows of features, but its input has " + input.shape());
        }
        return Sequences.repeated(input, like.points(), false);
    }

    private static void requireChannelsFirst(VertexSource<?> vertex, TensorShape shape) {
        if (shape.grid().size() != 1 || shape.folded() || shape.channelsLast()) {
            throw vertex.unsupported("it takes sequences with channels first, but there are " + shape
                    + "; use RNNFormat.NCW for all layers");
        }
    }
}
