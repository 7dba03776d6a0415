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
 * @param seed of the initial weights, and of the order of rows in training
 */
public record FitSettings(TrainerSettings trainer, NetworkShape shape, long seed) {

    /** Block coordinate descent of a network with 16 hidden units (tanh). */
    public static FitSettings withDefaults() {
        return new FitSettings(
                BcdSettings.withDefaults().withRidge(0.1), new HiddenLayers(List.of(16), Activation.TANH), 1);
    }
}
