package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

/** Searches of each of Arbiter's kinds, through its runner. */
class SearchTest {
    private static final ScoreFunction LOSS = new TestSetLossScoreFunction();

    private static LocalOptimizationRunner run(CandidateGenerator generator, int candidates, int concurrent) {
        LocalOptimizationRunner runner = new LocalOptimizationRunner(
                concurrent,
                Searches.configuration()
                        .candidateGenerator(generator)
                        .scoreFunction(LOSS)
                        .rngSeed(3)
                        .terminationConditions(new MaxCandidatesCondition(candidates), new AllCandidatesCondition())
                        .build());
        runner.execute();
        return runner;
    }

    /** Score and candidate by the candidate's number. */
    private static Map<Integer, List<Object>> outcome(LocalOptimizationRunner runner) throws IOException {
        Map<Integer, List<Object>> outcome = new TreeMap<>();
        for (OptimizationResult result : Searches.results(runner)) {
            outcome.put(result.getIndex(), List.of(result.getScore(), value(result)));
        }
        return outcome;
    }

    private static NetworkWithTrainer value(OptimizationResult result) {
        return (NetworkWithTrainer) result.getCandidate().getValue();
    }

    @Test
    void aRandomSearchWithTheSameSeedHasTheSameCandidatesAndScores() throws IOException {
        LocalOptimizationRunner first = run(new RandomSearchGenerator(Searches.space()), 6, 1);
        LocalOptimizationRunner second = run(new RandomSearchGenerator(Searches.space()), 6, 2);

        assertThat(first.numCandidatesCompleted()).isEqualTo(6);
        Map<Integer, List<Object>> inTurn = outcome(first);
        Map<Integer, List<Object>> twoAtATime = outcome(second);
        assertThat(inTurn).hasSize(6);
        // Which of the last ones end before the search does is up to the threads.
        twoAtATime.keySet().retainAll(inTurn.keySet());
        assertThat(twoAtATime).hasSizeGreaterThanOrEqualTo(5);
        assertThat(inTurn).containsAllEntriesOf(twoAtATime);
        assertThat(Searches.results(first))
                .extracting(result -> value(result).trainer().trainerName())
                .contains("BCD", "Adam", "RmsProp");
        assertScoresAreThoseOfTheTrainers(first);
    }

    private static void assertScoresAreThoseOfTheTrainers(LocalOptimizationRunner runner) throws IOException {
        for (OptimizationResult result : Searches.results(runner)) {
            NetworkWithTrainer value = value(result);
            MultiLayerNetwork expected = new MultiLayerNetwork(value.getMultiLayerConfiguration());
            expected.init();
            value.trainer().fit(expected, Searches.data().trainData(null));
            assertThat(LOSS.score(expected, Searches.data(), null)).isEqualTo(result.getScore());
            assertThat(((MultiLayerNetwork) result.getResultReference().getResultModel()).params())
                    .isEqualTo(expected.params());
        }
        assertThat(runner.bestScore())
                .isEqualTo(Searches.results(runner).stream()
                        .mapToDouble(OptimizationResult::getScore)
                        .min()
                        .orElseThrow());
    }

    @Test
    void aGridSearchVisitsEveryCombinationOnceAndEnds() throws IOException {
        TrainerSpace trainers = new TrainerSpace(
                new BcdSpace.Builder().sweeps(1).build(),
                new BackPropagationSpace.Builder(new Sgd(), new ContinuousParameterSpace(.1, .3)).build());
        NetworkWithTrainerSpace space =
                new NetworkWithTrainerSpace(Searches.network(new DiscreteParameterSpace<>(3, 5)), trainers);
        GridSearchCandidateGenerator generator =
                new GridSearchCandidateGenerator(space, 3, GridSearchCandidateGenerator.Mode.Sequential, null);

        LocalOptimizationRunner runner = run(generator, 1000, 1);

        Set<List<Object>> visited = new HashSet<>();
        Set<String> plans = new HashSet<>();
        for (OptimizationResult result : Searches.results(runner)) {
            visited.add(doubles(result.getCandidate().getFlatParameters()));
            NetworkWithTrainer value = value(result);
            DenseLayer hidden =
                    (DenseLayer) value.getMultiLayerConfiguration().getConf(0).getLayer();
            plans.add(hidden.getNOut() + " " + value.trainer());
        }
        assertThat(runner.numCandidatesCompleted()).isEqualTo(12);
        assertThat(visited).hasSize(12);
        assertThat(plans)
                .hasSize(8)
                .anyMatch(plan -> plan.startsWith("5 Sgd") && plan.contains("0.2"))
                .anyMatch(plan -> plan.startsWith("3 BCD"));
    }

    @Test
    void aGeneticSearchEndsWithItsBestCandidate() throws IOException {
        LocalOptimizationRunner runner = run(GeneticSearch.seeded(Searches.space(), LOSS, 3, .2, 11), 6, 1);

        assertThat(runner.numCandidatesCompleted()).isEqualTo(6);
        assertScoresAreThoseOfTheTrainers(runner);
    }

    private static List<Object> doubles(double[] numbers) {
        List<Object> list = new ArrayList<>();
        for (double number : numbers) {
            list.add(number);
        }
        return list;
    }
}
