package org.implicitdl.zoo.recovery;

import java.util.ArrayList;
import java.util.List;
import org.implicitdl.zoo.report.Progress;

/**
 * The experiment of §7.2: every method on every trial, one after the other.
 *
 * @param problem where trials come from
 * @param methods at least one
 * @param trials how many, at least 1
 */
public record RecoveryExperiment(RecoveryProblem problem, List<RecoveryMethod> methods, int trials) {
    private static final double NANO = 1e-9;

    /** @throws IllegalArgumentException if there is nothing to do */
    public RecoveryExperiment {
        methods = List.copyOf(methods);
        if (trials < 1 || methods.isEmpty()) {
            throw new IllegalArgumentException("An experiment needs at least one trial and one method, but has "
                    + trials + " and " + methods.size() + ".");
        }
    }

    /** The number of steps that {@link #run} reports. */
    public int steps() {
        return trials * methods.size();
    }

    /** Runs everything; the outcomes are in the order of trials, then methods. */
    public List<RecoveryOutcome> run(Progress progress) {
        List<RecoveryOutcome> outcomes = new ArrayList<>();
        for (int number = 1; number <= trials; number++) {
            RecoveryTrial trial = problem.trial(number);
            for (RecoveryMethod method : methods) {
                progress.doing(method.id());
                long start = System.nanoTime();
                Recovery recovery = method.recover(trial);
                double seconds = (System.nanoTime() - start) * NANO;
                outcomes.add(new RecoveryOutcome(method.id(), trial, recovery, seconds));
                progress.step();
            }
        }
        return List.copyOf(outcomes);
    }
}
