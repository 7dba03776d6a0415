package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** The way of a signal through a network of layers. */
final class LayersConversion {
    private final NetworkConverter converter;
    private final MultiLayerNetwork network;
    private final MultiLayerConfiguration conf;

    LayersConversion(NetworkConverter converter, MultiLayerNetwork network) {
        this.converter = converter;
        this.network = network;
        this.conf = network.getLayerWiseConfigurations();
        NetworkConverter.requireReady(network.isInitCalled(), conf.getDataType());
    }

    /** The type of the input as the first layers tell it. */
    InputType inputType() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            layers.add(Unwrapped.layer(layer(i)));
        }
        return InputTypes.find(conf.getInputPreProcess(0), layers)
                .orElseThrow(() -> NetworkConverter.unknown("the network"));
    }

    ImplicitNetwork convert(InputType input) {
        // What is made here outlives any workspace that the caller may have open.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Conversion conversion = new Conversion(
                    List.of(Port.input("", converter.unrolled(input), Optional.of(Unwrapped.layer(layer(0))))),
                    conf.getDataType());
            Signal signal = conversion.input(0);
            String name = "";
            for (int i = 0; i < network.getnLayers(); i++) {
                name = conversion.enter(name(i), i);
                signal = converter.preprocess(
                        conf.getInputPreProcess(i), "layer at index " + i + " (\"" + name + "\")", signal);
                signal = converter.translate(
                        new LayerSource<>(i, name, layer(i), Unwrapped.parameters(network.getLayer(i)), converter),
                        signal);
                conversion.leave(name, signal);
            }
            return conversion.finish(List.of(name), List.of(signal), Objective.of(network));
        }
    }

    /** What the layer was made of: a wrapper at work says that it is the layer within. */
    private Layer layer(int index) {
        return conf.getConf(index).getLayer();
    }

    private String name(int index) {
        Layer layer = layer(index);
        return Stream.of(layer.getLayerName(), Unwrapped.layer(layer).getLayerName())
                .filter(n -> n != null)
                .findFirst()
                .orElse("layer" + index);
    }
}
