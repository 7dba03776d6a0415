package org.implicitdl.zoo.compare.search;

import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.implicitdl.train.arbiter.BackPropagationSpace;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Back-propagation with an updater of Deeplearning4j.
 *
 * @param updater all but its learning rate
 * @param learningRate the middle of those that are searched, positive
 * @param mostEpochs at least 2; a tenth of them are the fewest
 */
public record BackPropagationContender(IUpdater updater, double learningRate, int mostEpochs) implements Contender {
    private static final double SPAN = 20;
    private static final double SMALLEST_L2 = 1e-6;
    private static final double LARGEST_L2 = 0.1;

    /** Up to 100 epochs. */
    public BackPropagationContender(IUpdater updater, double learningRate) {
        this(updater, learningRate, 100);
    }

    private int fewestEpochs() {
        return Math.max(1, mostEpochs / 10);
    }

    @Override
    public String name() {
        return updater.getClass().getSimpleName();
    }

    @Override
    public String ranges() {
        return String.format(
                Locale.ROOT,
                "learning rate %.3g to %.3g and l2 %.3g to %.3g (logarithmic), %d to %d epochs, batches of 16, 32 or 64"
                        + " rows",
                learningRate / SPAN,
                learningRate * SPAN,
                SMALLEST_L2,
                LARGEST_L2,
                fewestEpochs(),
                mostEpochs);
    }

    @Override
    public ParameterSpace<TrainerSettings> space(int rows) {
        return new BackPropagationSpace.Builder(
                        updater,
                        new ContinuousParameterSpace(
                                new LogUniformDistribution(learningRate / SPAN, learningRate * SPAN)))
                .epochs(new IntegerParameterSpace(fewestEpochs(), mostEpochs))
                .batchSize(new DiscreteParameterSpace<>(16, 32, 64))
                .l2(new ContinuousParameterSpace(new LogUniformDistribution(SMALLEST_L2, LARGEST_L2)))
                .build();
    }
}
