package org.implicitdl.zoo.synthetic;

import java.util.List;
import java.util.Optional;

/**
 * All that an experiment measured.
 *
 * @param settings of the run
 * @param methods as they were run with each covariance, tuned
 * @param outcomes in the order of covariances, trials, methods
 */
public record SyntheticResults(SyntheticExperiment settings, List<TunedMethods> methods, List<Outcome> outcomes) {

    /** The methods as they were run with a covariance. */
    public record TunedMethods(Covariance covariance, List<FittingMethod> methods) {}

    /** The outcomes of a method with a covariance, by trial. */
    public List<Outcome> of(Covariance covariance, FittingMethod method) {
        return outcomes.stream()
                .filter(outcome ->
                        outcome.covariance() == covariance && outcome.method().equals(method.id()))
                .toList();
    }

    /** The outcome of the method with this id on the same trial as another outcome. */
    public Optional<Outcome> sameTrial(Outcome other, String methodId) {
        return outcomes.stream()
                .filter(outcome -> outcome.covariance() == other.covariance()
                        && outcome.trial() == other.trial()
                        && outcome.method().equals(methodId))
                .findFirst();
    }
}
