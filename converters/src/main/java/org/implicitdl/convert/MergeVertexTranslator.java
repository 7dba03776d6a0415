package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.MergeVertex;

/** The channels of several inputs, one after the other. */
final class MergeVertexTranslator implements VertexTranslator<MergeVertex> {

    @Override
    public Class<MergeVertex> type() {
        return MergeVertex.class;
    }

    @Override
    public Signal translate(VertexSource<MergeVertex> vertex, List<Signal> inputs) {
        TensorShape first = inputs.get(0).shape();
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        int axis = vertex.conf().getMergeAxis();
        int channelAxis = first.channelsLast() ? first.grid().size() + 1 : 1;
        if (axis != channelAxis && axis != channelAxis - first.grid().size() - 2) {
            throw vertex.unsupported("it merges along dimension " + axis + ", but the channels of " + first
                    + " are dimension " + channelAxis + "; merge channels");
        }
        for (Signal input : inputs) {
            if (!input.shape().withChannels(1).equals(first.withChannels(1))) {
                throw vertex.unsupported(
                        "its inputs have different grids: " + first + " and " + input.shape() + "; crop or pad them");
            }
        }
        int channels =
                inputs.stream().mapToInt(input -> input.shape().channels()).sum();
        return Signal.stack(inputs, first.withChannels(channels));
    }
}
