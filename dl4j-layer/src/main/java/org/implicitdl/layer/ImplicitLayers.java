package org.implicitdl.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Finds the implicit layers of a network, frozen ones included. */
public final class ImplicitLayers {
    private ImplicitLayers() {}

    /**
     * The implicit layers by their names, in the order of the network.
     *
     * @param model a {@link MultiLayerNetwork}, a {@link ComputationGraph}, or a single layer
     */
    public static Map<String, EquilibriumLayer> of(Model model) {
        Map<String, EquilibriumLayer> found = new LinkedHashMap<>();
        for (Layer layer : layers(model)) {
            unwrapped(layer).ifPresent(implicit -> found.put(name(implicit), implicit));
        }
        return found;
    }

    private static Layer[] layers(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return network.getLayers();
        }
        if (model instanceof ComputationGraph graph) {
            return graph.getLayers();
        }
        return model instanceof Layer layer ? new Layer[] {layer} : new Layer[0];
    }

    private static Optional<EquilibriumLayer> unwrapped(Layer layer) {
        if (layer instanceof EquilibriumLayer implicit) {
            return Optional.of(implicit);
        }
        return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : Optional.empty();
    }

    private static String name(EquilibriumLayer layer) {
        String name = layer.layerConf().getLayerName();
        return name == null ? "layer" + layer.getIndex() : name;
    }
}
