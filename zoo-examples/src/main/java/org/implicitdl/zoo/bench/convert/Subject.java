package org.implicitdl.zoo.bench.convert;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network whose conversion is measured.
 *
 * @param name what it is called in tables
 * @param model a {@code MultiLayerNetwork} or a {@code ComputationGraph} with one input and one output
 * @param input the type of its input
 */
record Subject(String name, Model model, InputType input) {

    /** Random features for a number of samples. */
    INDArray features(int samples) {
        long[] shape = input.getShape(true);
        shape[0] = samples;
        return Nd4j.rand(model.params().dataType(), shape);
    }

    /** What the network itself makes of them. */
    INDArray output(INDArray features) {
        return model instanceof MultiLayerNetwork network
                ? network.output(features)
                : ((ComputationGraph) model).outputSingle(features);
    }

    ImplicitNetwork convert() {
        return new SourceNetwork(model, List.of(input)).convert();
    }

    /** DL4J's own copy. */
    Model copy() {
        return model instanceof MultiLayerNetwork network ? network.clone() : ((ComputationGraph) model).clone();
    }

    /** The largest difference between the outputs of both, over the largest output. */
    double error(ImplicitNetwork converted, INDArray features) {
        INDArray expected = output(features);
        INDArray found = converted.output(features);
        return found.sub(expected).amaxNumber().doubleValue()
                / expected.amaxNumber().doubleValue();
    }
}
