package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * Says what one type of graph vertex computes at inference. Translators are stateless.
 *
 * @param <V> the vertex's configuration class
 */
public interface VertexTranslator<V extends GraphVertex> {

    /** The configuration class, which must be the vertex's exactly. */
    Class<V> type();

    /**
     * What the vertex puts out for its inputs.
     *
     * @throws UnsupportedLayerException if this vertex's settings have no such form
     */
    Signal translate(VertexSource<V> vertex, List<Signal> inputs);
}
