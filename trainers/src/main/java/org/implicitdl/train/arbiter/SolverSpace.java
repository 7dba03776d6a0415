package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.implicitdl.layer.SolverSettings;
import org.implicitdl.layer.SolverType;

/** How the equation is solved; null stands for the layer's default. Options of other solvers than the chosen one are left out. */
final class SolverSpace extends CompositeSpace<SolverSettings> {
    ParameterSpace<SolverType> type;
    ParameterSpace<Double> tolerance;
    ParameterSpace<Integer> maxIterations;
    ParameterSpace<Double> damping;
    ParameterSpace<Integer> andersonDepth;
    ParameterSpace<Double> andersonRidge;
    ParameterSpace<Boolean> warmStart;

    @Override
    public SolverSettings getValue(double[] numbers) {
        CandidateValues candidate = new CandidateValues(numbers);
        SolverType chosen = candidate.valueOr(type, SolverType.AUTO);
        boolean picard = chosen == SolverType.PICARD;
        boolean anderson = chosen == SolverType.ANDERSON;
        boolean iterates = chosen != SolverType.BACK_SUBSTITUTION;
        return new SolverSettings(
                chosen,
                candidate.valueOr(tolerance, null),
                candidate.valueOr(iterates ? maxIterations : null, null),
                candidate.valueOr(picard ? damping : null, null),
                candidate.valueOr(anderson ? andersonDepth : null, null),
                candidate.valueOr(anderson ? andersonRidge : null, null),
                candidate.valueOr(iterates ? warmStart : null, false));
    }

    @Override
    public SolverSpace clone() {
        return (SolverSpace) super.clone();
    }
}
