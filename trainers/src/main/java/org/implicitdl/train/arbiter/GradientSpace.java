package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.implicitdl.layer.GradientSettings;
import org.implicitdl.layer.GradientType;

/** How the gradient is taken; null stands for the layer's default. Options of another gradient than the chosen one are left out. */
final class GradientSpace extends CompositeSpace<GradientSettings> {
    ParameterSpace<GradientType> type;
    ParameterSpace<Integer> phantomSteps;
    ParameterSpace<Double> phantomDamping;

    @Override
    public GradientSettings getValue(double[] numbers) {
        CandidateValues candidate = new CandidateValues(numbers);
        GradientType chosen = candidate.valueOr(type, GradientType.EXACT);
        boolean phantom = chosen == GradientType.PHANTOM;
        return new GradientSettings(
                chosen,
                candidate.valueOr(phantom ? phantomSteps : null, null),
                candidate.valueOr(phantom ? phantomDamping : null, null));
    }

    @Override
    public GradientSpace clone() {
        return (GradientSpace) super.clone();
    }
}
