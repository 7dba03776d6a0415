package org.implicitdl.zoo.recovery;

import java.util.List;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * One random model with data drawn from it.
 *
 * @param number 1, 2, …
 * @param truth the model that made the outputs
 * @param support the inputs that it depends on, in increasing order
 * @param train what methods may see
 * @param test what predictions are judged by
 * @param startSeed the seed of all that methods draw
 */
public record RecoveryTrial(
        int number, ModelMatrix truth, List<Integer> support, TrainingSet train, TrainingSet test, long startSeed) {}
