package org.implicitdl.zoo.convert;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of Deeplearning4j with one input.
 *
 * @param model a {@code MultiLayerNetwork} or a {@code ComputationGraph}
 * @param input the type of its input, if it was told
 */
public record SourceNetwork(Model model, Optional<InputType> input) {

    /** The same network with what somebody says of its input, if somebody does. */
    public SourceNetwork withInput(Optional<InputType> type) {
        return new SourceNetwork(model, type.or(() -> input));
    }

    /** The implicit model that computes the same; what {@link NetworkConverter} throws is thrown. */
    public ImplicitNetwork convert() {
        NetworkConverter converter = NetworkConverter.standard();
        if (model instanceof MultiLayerNetwork network) {
            return input.map(type -> converter.convert(network, type)).orElseGet(() -> converter.convert(network));
        }
        ComputationGraph graph = (ComputationGraph) model;
        return input.map(type -> converter.convert(graph, type)).orElseGet(() -> converter.convert(graph));
    }

    /** What the network itself puts out for features in the shape that it takes. */
    public INDArray output(INDArray features) {
        INDArray typed = features.castTo(model.params().dataType());
        return model instanceof MultiLayerNetwork network
                ? network.output(typed)
                : ((ComputationGraph) model).outputSingle(typed);
    }
}
