package org.implicitdl.zoo.compare.search;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.implicitdl.train.arbiter.BcdSpace;
import org.implicitdl.train.settings.TrainerSettings;

/** Block coordinate descent in full batch. */
public record BcdContender() implements Contender {

    @Override
    public String name() {
        return "BCD";
    }

    @Override
    public String ranges() {
        return "ridge .001 to 3 and last epsilon .01 to .1 (logarithmic), 5 to 40 sweeps";
    }

    @Override
    public ParameterSpace<TrainerSettings> space(int rows) {
        return new BcdSpace.Builder()
                .ridge(new ContinuousParameterSpace(new LogUniformDistribution(1e-3, 3)))
                .lastEpsilon(new ContinuousParameterSpace(new LogUniformDistribution(1e-2, 1e-1)))
                .sweeps(new IntegerParameterSpace(5, 40))
                .build();
    }
}
