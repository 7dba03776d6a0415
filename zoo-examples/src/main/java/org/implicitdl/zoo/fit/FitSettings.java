package org.implicitdl.zoo.fit;

import java.util.List;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.activations.Activation;

/**
 * How a table is fitted.
 *
 * @param trainer that finds the weights
 * @param hidden the widths of the dense layers between features and outputs, none for a linear model
 * @param implicitStates the states of an implicit layer in place of the dense ones; 0 for none
 * @param activation of the hidden layers, or of the states
 * @param heldOut the part of the rows that is held out for the test
 * @param seed of the initial weights and of the choice of rows
 */
public record FitSettings(
        TrainerSettings trainer,
        List<Integer> hidden,
        int implicitStates,
        Activation activation,
        double heldOut,
        long seed) {

    /** A copy that nobody else can change. */
    public FitSettings {
        hidden = List.copyOf(hidden);
    }

    /** What stands between features and outputs, in words. */
    public String networkDescription() {
        String phi = activation.name().toLowerCase(java.util.Locale.ROOT);
        if (implicitStates > 0) {
            return "an implicit layer of " + implicitStates + " states (" + phi + ")";
        }
        return hidden.isEmpty() ? "no hidden layer" : "hidden layers of " + hidden + " units (" + phi + ")";
    }
}
