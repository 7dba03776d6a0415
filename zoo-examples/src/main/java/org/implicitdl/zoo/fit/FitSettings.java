package org.implicitdl.zoo.fit;

import java.util.List;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.activations.Activation;

/**
 * How a table is fitted.
 *
 * @param trainer that finds the weights
 * @param shape of the network between features and outputs
 * @param heldOut the part of the rows that is held out, above 0 and below 1
 * @param seed of the initial weights, of the choice of rows, and of their order in training
 */
public record FitSettings(TrainerSettings trainer, NetworkShape shape, double heldOut, long seed) {

    /** Block coordinate descent of a network with 16 hidden units (tanh), a fifth of the rows held out. */
    public static FitSettings withDefaults() {
        return new FitSettings(
                BcdSettings.withDefaults().withRidge(0.1), new HiddenLayers(List.of(16), Activation.TANH), 0.2, 1);
    }
}
