package org.implicitdl.convert;

import java.util.Map;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is within the wrappers of frozen layers and vertices, which compute the same as what they wrap. */
final class Unwrapped {
    private Unwrapped() {}

    static Layer layer(Layer conf) {
        if (conf instanceof FrozenLayer frozen) {
            return layer(frozen.getLayer());
        }
        return conf instanceof FrozenLayerWithBackprop frozen ? layer(frozen.getUnderlying()) : conf;
    }

    static GraphVertex vertex(GraphVertex conf) {
        return conf instanceof FrozenVertex frozen ? vertex(frozen.getUnderlying()) : conf;
    }

    /** The parameters of a layer at work, none if it has none. */
    static Map<String, INDArray> parameters(org.deeplearning4j.nn.api.Layer layer) {
        Map<String, INDArray> parameters = layer.paramTable();
        return parameters == null ? Map.of() : parameters;
    }
}
