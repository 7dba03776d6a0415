package org.implicitdl.convert;

import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * A vertex of a graph, to be translated.
 *
 * @param index its place in the order in which DL4J computes the graph, from 0
 * @param name its name
 * @param conf its configuration, for reading only
 * @param networkInputs the shapes of the network's inputs by their names
 * @param converter the converter at work
 */
public record VertexSource<V extends GraphVertex>(
        int index, String name, V conf, Map<String, TensorShape> networkInputs, NetworkConverter converter) {

    /** What to throw when the vertex cannot be translated, for a reason that completes "because …". */
    public UnsupportedLayerException unsupported(String reason) {
        return UnsupportedLayerException.because(toString(), reason);
    }

    /** The vertex in words: type, index and name. */
    @Override
    public String toString() {
        return conf.getClass().getSimpleName() + " at index " + index + " (\"" + name + "\")";
    }
}
