package org.implicitdl.zoo.compare.search;

import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.implicitdl.train.arbiter.BcdSpace;
import org.implicitdl.train.arbiter.MinibatchBcdSpace;
import org.implicitdl.train.arbiter.TrainerSpace;
import org.implicitdl.train.settings.TrainerSettings;

/** Block coordinate descent, on all rows at once or by batches: which of them is a parameter. */
public record BcdContender() implements Contender {
    /** With smaller ridges it fits by heart. */
    private static final double SMALLEST_RIDGE = 0.03;

    private static final double LARGEST_RIDGE = 3;
    private static final double SMALLEST_EPSILON = 0.01;
    private static final double LARGEST_EPSILON = 0.1;
    private static final double SHORTEST_STEP = 0.1;
    private static final double LONGEST_STEP = 1;
    private static final double SMALLEST_DECAY = 1e-3;
    private static final double LARGEST_DECAY = 0.03;
    private static final int FEWEST_PASSES = 5;
    private static final int MOST_PASSES = 30;

    @Override
    public String name() {
        return "BCD";
    }

    @Override
    public String ranges() {
        return String.format(
                Locale.ROOT,
                "on all rows at once, with ridge %.3g to %.3g and last epsilon %.3g to %.3g, or in batches of 16, 32 or 64"
                        + " rows, with step length %.3g to %.3g and weight decay %.3g to %.3g (all logarithmic); %d to %d"
                        + " passes",
                SMALLEST_RIDGE,
                LARGEST_RIDGE,
                SMALLEST_EPSILON,
                LARGEST_EPSILON,
                SHORTEST_STEP,
                LONGEST_STEP,
                SMALLEST_DECAY,
                LARGEST_DECAY,
                FEWEST_PASSES,
                MOST_PASSES);
    }

    @Override
    public ParameterSpace<TrainerSettings> space(int rows) {
        ParameterSpace<Integer> passes = new IntegerParameterSpace(FEWEST_PASSES, MOST_PASSES);
        return new TrainerSpace(
                new BcdSpace.Builder()
                        .ridge(logarithmic(SMALLEST_RIDGE, LARGEST_RIDGE))
                        .lastEpsilon(logarithmic(SMALLEST_EPSILON, LARGEST_EPSILON))
                        .sweeps(passes)
                        .build(),
                new MinibatchBcdSpace.Builder()
                        .epochs(passes)
                        .batchSize(new DiscreteParameterSpace<>(16, 32, 64))
                        .stepLength(logarithmic(SHORTEST_STEP, LONGEST_STEP))
                        .weightDecay(logarithmic(SMALLEST_DECAY, LARGEST_DECAY))
                        .build());
    }

    private static ParameterSpace<Double> logarithmic(double from, double to) {
        return new ContinuousParameterSpace(new LogUniformDistribution(from, to));
    }
}
