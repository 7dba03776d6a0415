package org.implicitdl.zoo.fit;

import java.util.List;
import org.implicitdl.train.settings.MinibatchBcdSettings;
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

    private static final int PASSES = 20;
    private static final int BATCH = 32;
    /** As much as helps against fitting by heart; three times as much is too much for the product of two features. */
    private static final double WEIGHT_DECAY = 0.01;

    /** Block coordinate descent by batches of 32 rows, of a network with 16 hidden units (tanh). */
    public static FitSettings withDefaults() {
        return new FitSettings(byBatches(), new HiddenLayers(List.of(16), Activation.TANH), 1);
    }

    /** Block coordinate descent by small batches, which finds what features say together only. */
    public static MinibatchBcdSettings byBatches() {
        return MinibatchBcdSettings.withDefaults()
                .withEpochs(PASSES)
                .withBatchSize(BATCH)
                .withWeightDecay(WEIGHT_DECAY);
    }
}
