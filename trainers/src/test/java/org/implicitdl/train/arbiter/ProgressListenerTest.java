package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void saysWhatBecameOfACandidate() {
        ProgressListener listener = new ProgressListener(lines::add);

        OptimizationResult result = Tasks.run(Tasks.plan(Tasks.BCD), Tasks.LOSS, listener);
        Tasks.run("a text", Tasks.LOSS, listener);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("Candidate 5: score " + String.format(Locale.ROOT, "%.5g", result.getScore()))
                .contains("22 parameters", "trained in", "BCD(3 sweeps");
        assertThat(lines.get(1)).startsWith("Candidate 5 failed: ").contains("java.lang.String");
    }

    @Test
    void saysHowFarATrainingIsWhenNothingWasSaidForAWhile() {
        Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS, new ProgressListener(lines::add, Duration.ZERO));
        // Three epochs of three batches, and the end.
        assertThat(lines).hasSize(10);
        assertThat(lines.get(4)).startsWith("Candidate 5: iteration 4, training score 0.");

        lines.clear();
        Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS, new ProgressListener(lines::add, Duration.ofHours(1)));
        assertThat(lines).hasSize(1);
    }

    @Test
    void saysHowFarTheSearchIs() {
        for (int limit : new int[] {2, 1000}) {
            LocalOptimizationRunner runner = new LocalOptimizationRunner(Searches.configuration()
                    .candidateGenerator(new GridSearchCandidateGenerator(
                            Searches.space(), 2, GridSearchCandidateGenerator.Mode.Sequential, null))
                    .scoreFunction(Tasks.LOSS)
                    .terminationConditions(new MaxCandidatesCondition(limit))
                    .build());

            new ProgressListener(lines::add).onRunnerStatusChange(runner);
        }

        // Two sizes, three trainers, and two values of each of two spaces.
        assertThat(lines)
                .containsExactly("Done: 0 of 2; none has a score yet.", "Done: 0 of 24; none has a score yet.");
    }

    @Test
    void saysWhichCandidateIsTheBest() {
        LocalOptimizationRunner runner = new LocalOptimizationRunner(Searches.configuration()
                .candidateGenerator(new RandomSearchGenerator(Searches.space()))
                .scoreFunction(Tasks.LOSS)
                .rngSeed(3)
                .terminationConditions(new MaxCandidatesCondition(2))
                .build());
        runner.addListeners(new ProgressListener(lines::add));

        runner.execute();

        assertThat(lines)
                .contains("Done: 2 of 2; the best is candidate " + runner.bestScoreCandidateIndex() + " with "
                        + String.format(Locale.ROOT, "%.5g", runner.bestScore()) + ".");
    }
}
