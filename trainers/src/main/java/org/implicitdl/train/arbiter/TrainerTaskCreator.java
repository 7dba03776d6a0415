package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.task.TaskListener;

/**
 * Makes the tasks of a search over a {@link NetworkWithTrainerSpace}: each trains a candidate's network by the candidate's
 * trainer, scores it, and has it saved.
 *
 * <p>A candidate that cannot be made, trained, scored with a finite number or saved is a failed one, with the reason in its
 * status; the search goes on. What is known of the training is in the result as a {@link TrainingReport}.
 */
@SuppressWarnings({"rawtypes", "deprecation"}) // as Arbiter declares them
public final class TrainerTaskCreator implements TaskCreator {
    private final Optional<TaskListener> taskListener;

    /** Tasks that nobody listens to but the status listeners. */
    public TrainerTaskCreator() {
        this.taskListener = Optional.empty();
    }

    /** Tasks with a listener that sees each network before and after its training, and may add listeners to it. */
    public TrainerTaskCreator(TaskListener taskListener) {
        this.taskListener = Optional.of(Objects.requireNonNull(taskListener, "taskListener"));
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider provider,
            ScoreFunction scoreFunction,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        Candidate<?> known = candidate;
        SearchData data = new ProvidedData(provider, known.getDataParameters());
        return new TrainerTask(known, data, scoreFunction, new StatusReporter(listeners, runner), taskListener);
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> source,
            Properties properties,
            ScoreFunction scoreFunction,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        SearchData data = new SourceData(source, properties);
        return new TrainerTask(candidate, data, scoreFunction, new StatusReporter(listeners, runner), taskListener);
    }
}
