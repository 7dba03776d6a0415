package org.implicitdl.train.arbiter;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.nn.api.Model;

/**
 * Says in a line each how a search goes on: when a candidate ends, how many are done and which is the best; and, now and
 * then, how far the candidate is that is being trained.
 */
public final class ProgressListener extends BaseStatusListener {
    private final Consumer<String> lines;
    private final long intervalNanos;
    private long lastLine = System.nanoTime();

    /** Progress to a printer such as {@code System.out::println}, every ten seconds at least while a candidate is trained. */
    public ProgressListener(Consumer<String> lines) {
        this(lines, Duration.ofSeconds(10));
    }

    /** @param interval how long nothing may be said while a candidate is trained */
    public ProgressListener(Consumer<String> lines, Duration interval) {
        this.lines = Objects.requireNonNull(lines, "lines");
        this.intervalNanos = interval.toNanos();
    }

    @Override
    public void onCandidateStatusChange(CandidateInfo info, IOptimizationRunner runner, OptimizationResult result) {
        if (info.getCandidateStatus() == CandidateStatus.Complete) {
            say("Candidate " + info.getIndex() + ": score " + number(info.getScore()) + told(result) + ".");
        } else if (info.getCandidateStatus() == CandidateStatus.Failed) {
            String reason = info.getExceptionStackTrace().lines().findFirst().orElse("no reason is known");
            say("Candidate " + info.getIndex() + " failed: " + reason);
        }
    }

    @Override
    public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
        if (isDue()) {
            String score = candidate instanceof Model model ? ", training score " + number(model.score()) : "";
            say("Candidate " + info.getIndex() + ": iteration " + iteration + score);
        }
    }

    @Override
    public void onRunnerStatusChange(IOptimizationRunner runner) {
        int done = runner.numCandidatesCompleted() + runner.numCandidatesFailed();
        String best = runner.bestScore() == null
                ? "none has a score yet"
                : "the best is candidate " + runner.bestScoreCandidateIndex() + " with " + number(runner.bestScore());
        String failures = runner.numCandidatesFailed() == 0 ? "" : ", " + runner.numCandidatesFailed() + " failed";
        String all =
                planned(runner).stream().mapToObj(n -> " of " + n).findFirst().orElse("");
        say("Done: " + done + all + failures + "; " + best + ".");
    }

    /** How many candidates there will be, if the configuration says it. */
    private static OptionalInt planned(IOptimizationRunner runner) {
        OptimizationConfiguration configuration = runner.getConfiguration();
        IntStream limits = configuration.getTerminationConditions().stream()
                .filter(MaxCandidatesCondition.class::isInstance)
                .mapToInt(condition -> ((MaxCandidatesCondition) condition).getMaxCandidates());
        IntStream grid = Stream.of(configuration.getCandidateGenerator())
                .filter(GridSearchCandidateGenerator.class::isInstance)
                .mapToInt(generator -> ((GridSearchCandidateGenerator) generator).getTotalNumCandidates());
        return IntStream.concat(limits, grid).min();
    }

    private static String told(OptimizationResult result) {
        if (result == null || !(result.getModelSpecificResults() instanceof TrainingReport report)) {
            return "";
        }
        Object value = result.getCandidate().getValue();
        return String.format(
                Locale.ROOT,
                ", %d parameters, trained in %.2f s%s",
                report.parameters(),
                report.trainingSeconds(),
                value instanceof NetworkWithTrainer plan ? " by " + plan.trainer() : "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }

    private synchronized boolean isDue() {
        return System.nanoTime() - lastLine >= intervalNanos;
    }

    private synchronized void say(String line) {
        lastLine = System.nanoTime();
        lines.accept(line);
    }
}
