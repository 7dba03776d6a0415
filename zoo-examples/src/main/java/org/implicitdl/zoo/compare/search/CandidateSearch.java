package org.implicitdl.zoo.compare.search;

import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.RegressionScoreFunction;
import org.implicitdl.train.arbiter.InMemoryData;
import org.implicitdl.train.arbiter.TrainerTaskCreator;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Prepared;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Task;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;

/**
 * Arbiter's random search for a network with a hidden layer and for the options of its trainer, one candidate after the
 * other: accuracy, or R², on validation rows decides.
 *
 * @param name that watchers see
 * @param data the table
 * @param split its rows for training and those for validation; others are not looked at
 * @param budget what the search may take
 * @param seed of the candidates, their initial weights and the order of their rows
 */
public record CandidateSearch(String name, TableData data, Split split, SearchBudget budget, long seed) {
    private static final double NANO = 1e-9;

    /** The networks that are searched, in words. */
    public static String networks() {
        return FitSpace.description();
    }

    /**
     * Searches.
     *
     * @param progress a step for each candidate
     * @param watcher who looks at it, such as a {@link SearchUi}
     * @throws org.implicitdl.zoo.table.TableException if no feature changes in the training rows
     */
    @SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
    public SearchResult run(Contender contender, Progress progress, SearchWatcher watcher) {
        Prepared prepared = Prepared.of(data, split);
        int rows = split.train().length;
        FitSpace space = FitSpace.of(contender, rows, prepared.train().numInputs(), data.label(), seed);
        CandidateRecorder recorder = new CandidateRecorder(space, this, prepared, progress);
        LocalOptimizationRunner runner = new LocalOptimizationRunner(
                new OptimizationConfiguration.Builder()
                        .candidateGenerator(new RandomSearchGenerator(space.networks()))
                        .rngSeed(seed)
                        .dataProvider(new InMemoryData(prepared.train(), prepared.heldOut(), rows))
                        .modelSaver(new InMemoryResultSaver()) // Arbiter's UI fails without one
                        .scoreFunction(scoreFunction(data.label()))
                        .terminationConditions(
                                new MaxCandidatesCondition(budget.candidates()), new TimeLimit(budget.time()))
                        .build(),
                new TrainerTaskCreator(recorder));
        runner.addListeners(recorder);
        watcher.listeners(name + ", " + contender.name()).forEach(runner::addListeners);
        long start = System.nanoTime();
        runner.execute();
        return new SearchResult(recorder.candidates(), (System.nanoTime() - start) * NANO);
    }

    private static ScoreFunction scoreFunction(Label label) {
        return label.task() == Task.CLASSIFICATION
                ? new EvaluationScoreFunction(Evaluation.Metric.ACCURACY)
                : new RegressionScoreFunction(RegressionEvaluation.Metric.R2);
    }
}
