package org.implicitdl.zoo.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.report.Progress;

/**
 * The experiment of §7.1: every method on every trial, one after the other, so that times are comparable.
 *
 * @param problem where trials come from
 * @param covariances at least one
 * @param methods at least one
 * @param trials how many, at least 1
 */
public record SyntheticExperiment(
        SyntheticProblem problem, List<Covariance> covariances, List<FittingMethod> methods, int trials) {
    /** How many trials hyperparameters are chosen on. */
    public static final int TUNING_TRIALS = 2;

    /** @throws IllegalArgumentException if there is nothing to do */
    public SyntheticExperiment {
        covariances = List.copyOf(covariances);
        methods = List.copyOf(methods);
        if (trials < 1 || covariances.isEmpty() || methods.isEmpty()) {
            throw new IllegalArgumentException(
                    "An experiment needs at least one trial, one covariance and one method, but has " + trials + ", "
                            + covariances.size() + " and " + methods.size() + ".");
        }
    }

    /** The number of steps that {@link #run} reports. */
    public int steps() {
        return covariances.stream()
                .flatMap(covariance -> methodsFor(covariance).stream())
                .mapToInt(method -> 1 + Math.min(trials, method.trialLimit()))
                .sum();
    }

    /** All methods; those with a trial limit take long, and are run with the last of the covariances alone. */
    private List<FittingMethod> methodsFor(Covariance covariance) {
        boolean last = covariance == covariances.get(covariances.size() - 1);
        return methods.stream()
                .filter(method -> last || method.trialLimit() == Integer.MAX_VALUE)
                .toList();
    }

    /** Runs everything. */
    public SyntheticResults run(Progress progress) {
        List<SyntheticResults.TunedMethods> tuned = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Covariance covariance : covariances) {
            List<FittingMethod> ready = tune(covariance, progress);
            tuned.add(new SyntheticResults.TunedMethods(covariance, ready));
            for (int number = 1; number <= trials; number++) {
                Trial trial = problem.trial(covariance, number);
                for (FittingMethod method : ready) {
                    if (number <= method.trialLimit()) {
                        progress.doing(method.id());
                        outcomes.add(new Outcome(covariance, method.id(), number, method.fit(trial)));
                        progress.step();
                    }
                }
            }
        }
        return new SyntheticResults(this, tuned, List.copyOf(outcomes));
    }

    /** Chooses hyperparameters, and runs each method once so that the JVM has compiled it before it is timed. */
    private List<FittingMethod> tune(Covariance covariance, Progress progress) {
        List<Trial> tuning = problem.tuningTrials(covariance, TUNING_TRIALS);
        List<FittingMethod> ready = new ArrayList<>();
        for (FittingMethod method : methodsFor(covariance)) {
            progress.doing("tuning " + method.id());
            FittingMethod tuned = method.tunedOn(tuning);
            if (tuned.trialLimit() == Integer.MAX_VALUE && covariance == covariances.get(0)) {
                tuned.fit(tuning.get(0));
            }
            ready.add(tuned);
            progress.step();
        }
        return List.copyOf(ready);
    }
}
