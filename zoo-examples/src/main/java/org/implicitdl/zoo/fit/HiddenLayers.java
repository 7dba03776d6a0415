package org.implicitdl.zoo.fit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Dense layers.
 *
 * @param widths their units, layer by layer; none for a linear model
 * @param activation of all of them
 */
public record HiddenLayers(List<Integer> widths, Activation activation) implements NetworkShape {

    /** A copy that nobody else can change. */
    public HiddenLayers {
        widths = List.copyOf(widths);
    }

    @Override
    public int addTo(ListBuilder layers, int inputs) {
        int width = inputs;
        for (int units : widths) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(units)
                    .activation(activation)
                    .build());
            width = units;
        }
        return width;
    }

    @Override
    public String description() {
        String units = widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return widths.isEmpty()
                ? "no hidden layer"
                : (widths.size() == 1 ? "a hidden layer of " : "hidden layers of ") + units + " units ("
                        + activation.name().toLowerCase(Locale.ROOT) + ")";
    }
}
