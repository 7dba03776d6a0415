package org.implicitdl.zoo.compare.search;

import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.implicitdl.train.arbiter.BcdSpace;
import org.implicitdl.train.settings.TrainerSettings;

/** Block coordinate descent in full batch. With smaller ridges it fits by heart. */
public record BcdContender() implements Contender {
    private static final double SMALLEST_RIDGE = 0.03;
    private static final double LARGEST_RIDGE = 3;
    private static final double SMALLEST_EPSILON = 0.01;
    private static final double LARGEST_EPSILON = 0.1;
    private static final int FEWEST_SWEEPS = 5;
    private static final int MOST_SWEEPS = 30;

    @Override
    public String name() {
        return "BCD";
    }

    @Override
    public String ranges() {
        return String.format(
                Locale.ROOT,
                "ridge %.3g to %.3g and last epsilon %.3g to %.3g (logarithmic), %d to %d sweeps",
                SMALLEST_RIDGE,
                LARGEST_RIDGE,
                SMALLEST_EPSILON,
                LARGEST_EPSILON,
                FEWEST_SWEEPS,
                MOST_SWEEPS);
    }

    @Override
    public ParameterSpace<TrainerSettings> space(int rows) {
        return new BcdSpace.Builder()
                .ridge(logarithmic(SMALLEST_RIDGE, LARGEST_RIDGE))
                .lastEpsilon(logarithmic(SMALLEST_EPSILON, LARGEST_EPSILON))
                .sweeps(new IntegerParameterSpace(FEWEST_SWEEPS, MOST_SWEEPS))
                .build();
    }

    private static ParameterSpace<Double> logarithmic(double from, double to) {
        return new ContinuousParameterSpace(new LogUniformDistribution(from, to));
    }
}
