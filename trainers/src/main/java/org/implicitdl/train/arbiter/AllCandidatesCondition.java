package org.implicitdl.train.arbiter;

import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;

/**
 * Ends a search when all candidates that its generator has are done: for a grid, and beside other conditions. Without it,
 * Arbiter waits for ever when a generator has fewer candidates than were asked for.
 */
public final class AllCandidatesCondition implements TerminationCondition {

    @Override
    public void initialize(IOptimizationRunner runner) {
        // Nothing to remember.
    }

    @Override
    public boolean terminate(IOptimizationRunner runner) {
        return runner.numCandidatesQueued() == 0
                && !runner.getConfiguration().getCandidateGenerator().hasMoreCandidates();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllCandidatesCondition;
    }

    @Override
    public int hashCode() {
        return AllCandidatesCondition.class.hashCode();
    }

    @Override
    public String toString() {
        return "AllCandidatesCondition";
    }
}
