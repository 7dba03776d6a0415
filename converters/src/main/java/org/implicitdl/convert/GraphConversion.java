package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** The way of signals through a graph of vertices. */
final class GraphConversion {
    private final NetworkConverter converter;
    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;

    GraphConversion(NetworkConverter converter, ComputationGraph graph) {
        this.converter = converter;
        this.graph = graph;
        this.conf = graph.getConfiguration();
        NetworkConverter.requireReady(graph.getVertices() != null, conf.getDataType());
    }

    /** The types of the inputs as the layers tell them that read them. */
    InputType[] inputTypes() {
        return conf.getNetworkInputs().stream()
                .map(name -> readers(name)
                        .flatMap(reader -> InputTypes.find(reader.getPreProcessor(), List.of(layerOf(reader))).stream())
                        .findFirst()
                        .orElseThrow(() -> NetworkConverter.unknown("input \"" + name + "\" of the graph")))
                .toArray(InputType[]::new);
    }

    /** @throws IllegalArgumentException if there are more or fewer types than inputs */
    ImplicitNetwork convert(InputType... inputs) {
        List<String> names = conf.getNetworkInputs();
        if (inputs.length != names.size()) {
            throw new IllegalArgumentException("The graph has the inputs " + names + ", but " + inputs.length
                    + (inputs.length == 1 ? " input type was" : " input types were") + " given; give one for each.");
        }
        // What is made here outlives any workspace that the caller may have open.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Conversion conversion = new Conversion(ports(inputs), conf.getDataType());
            Map<String, Signal> signals = new HashMap<>();
            Map<String, TensorShape> shapes = new LinkedHashMap<>();
            for (int i = 0; i < inputs.length; i++) {
                signals.put(names.get(i), conversion.input(i));
                shapes.put(names.get(i), conversion.input(i).shape());
            }
            int[] order = graph.topologicalSortOrder();
            for (int i = 0; i < order.length; i++) {
                String name = graph.getVertices()[order[i]].getVertexName();
                if (!signals.containsKey(name)) {
                    List<Signal> own = conf.getVertexInputs().get(name).stream()
                            .map(signals::get)
                            .toList();
                    conversion.enter(name, i);
                    Signal output = translate(name, i, shapes, own);
                    // What several vertices read is computed once.
                    signals.put(name, uses(name) > 1 ? output.store() : output);
                    conversion.leave(name, output);
                }
            }
            List<String> outputs = conf.getNetworkOutputs();
            return conversion.finish(outputs, outputs.stream().map(signals::get).toList(), Optional.empty());
        }
    }

    private List<Port> ports(InputType... inputs) {
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            String name = conf.getNetworkInputs().get(i);
            Optional<Layer> reader = readers(name).map(GraphConversion::layerOf).findFirst();
            ports.add(Port.input(name, converter.unrolled(inputs[i]), reader));
        }
        return ports;
    }

    private Signal translate(String name, int index, Map<String, TensorShape> networkInputs, List<Signal> inputs) {
        GraphVertex vertex = Unwrapped.vertex(conf.getVertices().get(name));
        if (vertex instanceof LayerVertex layer) {
            Signal input = converter.preprocess(layer.getPreProcessor(), "layer \"" + name + "\"", inputs.get(0));
            return converter.translate(
                    new LayerSource<>(
                            index,
                            name,
                            layer.getLayerConf().getLayer(),
                            Unwrapped.parameters(graph.getVertex(name).getLayer()),
                            converter),
                    input);
        }
        return converter.translate(new VertexSource<>(index, name, vertex, networkInputs, converter), inputs);
    }

    private Stream<LayerVertex> readers(String input) {
        return conf.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(input))
                .map(entry -> Unwrapped.vertex(conf.getVertices().get(entry.getKey())))
                .filter(LayerVertex.class::isInstance)
                .map(LayerVertex.class::cast);
    }

    private long uses(String name) {
        return Stream.concat(
                        conf.getVertexInputs().values().stream().flatMap(List::stream),
                        conf.getNetworkOutputs().stream())
                .filter(name::equals)
                .count();
    }

    private static Layer layerOf(LayerVertex vertex) {
        return Unwrapped.layer(vertex.getLayerConf().getLayer());
    }
}
