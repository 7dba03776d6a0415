package org.implicitdl.zoo.convert;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of Deeplearning4j, and what is known of what it takes.
 *
 * @param model a {@code MultiLayerNetwork} or a {@code ComputationGraph}
 * @param inputs the types of its inputs, if they were told; none otherwise
 */
public record SourceNetwork(Model model, List<InputType> inputs) {

    /** Copies the list. */
    public SourceNetwork {
        inputs = List.copyOf(inputs);
    }

    /** The same network with what somebody says of its inputs, if somebody does. */
    public SourceNetwork withInputs(List<InputType> types) {
        return types.isEmpty() ? this : new SourceNetwork(model, types);
    }

    /**
     * The implicit model that computes the same; what {@link NetworkConverter} throws is thrown.
     *
     * @throws IllegalArgumentException if there are more or fewer types than inputs
     */
    public ImplicitNetwork convert() {
        NetworkConverter converter = NetworkConverter.standard();
        if (model instanceof ComputationGraph graph) {
            return inputs.isEmpty()
                    ? converter.convert(graph)
                    : converter.convert(graph, inputs.toArray(InputType[]::new));
        }
        MultiLayerNetwork network = (MultiLayerNetwork) model;
        if (inputs.size() > 1) {
            throw new IllegalArgumentException(
                    "A network of layers has one input, but " + inputs.size() + " input types were given; give one.");
        }
        return inputs.isEmpty() ? converter.convert(network) : converter.convert(network, inputs.get(0));
    }

    /** What the network itself puts out for the features of each input in the shape that it takes. */
    public INDArray[] outputs(INDArray... features) {
        INDArray[] typed = new INDArray[features.length];
        for (int i = 0; i < typed.length; i++) {
            typed[i] = features[i].castTo(model.params().dataType());
        }
        return model instanceof MultiLayerNetwork network
                ? new INDArray[] {network.output(typed[0])}
                : ((ComputationGraph) model).output(typed);
    }
}
