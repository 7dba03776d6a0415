package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/** Dropout by the probability that an input is kept; 0 stands for no dropout, as everywhere in Deeplearning4j. */
final class RetainedShareSpace extends CompositeSpace<IDropout> {
    private ParameterSpace<Double> retained;

    private RetainedShareSpace() {
        // For JSON.
    }

    RetainedShareSpace(ParameterSpace<Double> retained) {
        this.retained = retained;
    }

    @Override
    public IDropout getValue(double[] numbers) {
        double share = retained.getValue(numbers);
        return share == 0 ? null : new Dropout(share);
    }
}
