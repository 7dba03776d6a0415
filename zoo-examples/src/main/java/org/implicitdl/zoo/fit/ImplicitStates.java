package org.implicitdl.zoo.fit;

import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.implicitdl.layer.ImplicitLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * An implicit layer x = φ(Ax + Bu + b), well-posed by a bound on ‖A‖∞, which puts out its state.
 *
 * @param states their number
 * @param activation φ
 */
public record ImplicitStates(int states, Activation activation) implements NetworkShape {

    @Override
    public int addTo(ListBuilder layers, int inputs) {
        layers.layer(new ImplicitLayer.Builder()
                .nIn(inputs)
                .stateSize(states)
                .activation(activation)
                .stateOutput(true)
                .build());
        return states;
    }

    @Override
    public String description() {
        return "an implicit layer of " + states + " states ("
                + activation.name().toLowerCase(Locale.ROOT) + ")";
    }
}
