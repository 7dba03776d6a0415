package org.implicitdl.train.arbiter;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a search's listeners what happens to its candidates; a listener that fails does not end the candidate.
 *
 * @param listeners those of the runner, null for none
 */
record StatusReporter(List<StatusListener> listeners, IOptimizationRunner runner) {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

    StatusReporter {
        listeners = listeners == null ? List.of() : listeners;
    }

    /** @param result null while there is none */
    void report(CandidateInfo info, OptimizationResult result) {
        for (StatusListener listener : listeners) {
            try {
                listener.onCandidateStatusChange(info, runner, result);
            } catch (RuntimeException e) {
                LOG.error("A status listener failed at candidate {}.", info.getIndex(), e);
            }
        }
    }

    /** Where results go; null if they are not kept. */
    ResultSaver saver() {
        return runner.getConfiguration().getResultSaver();
    }
}
