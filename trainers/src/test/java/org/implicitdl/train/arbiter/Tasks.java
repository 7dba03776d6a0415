package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Single tasks, without the runner and its waits. */
@SuppressWarnings("deprecation") // DataProvider, Arbiter's only way to hand over data that are in memory
final class Tasks {
    static final ScoreFunction LOSS = new TestSetLossScoreFunction();
    static final TrainerSettings ADAM = new BackPropagationSettings(new Adam(.02), 3);
    static final TrainerSettings BCD = BcdSettings.withDefaults().withSweeps(3);

    private Tasks() {}

    static NetworkWithTrainer plan(TrainerSettings trainer) {
        NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder().seed(7);
        trainer.configure(builder);
        MultiLayerConfiguration network = builder.list(
                        new DenseLayer.Builder()
                                .nIn(2)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build(),
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nIn(4)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build())
                .build();
        return new NetworkWithTrainer(network, trainer);
    }

    static OptimizationResult run(Object value, ScoreFunction score, StatusListener... listeners) {
        return run(value, Searches.data(), score, new TrainerTaskCreator(), listeners);
    }

    static OptimizationResult run(
            Object value,
            DataProvider data,
            ScoreFunction score,
            TrainerTaskCreator creator,
            StatusListener... listeners) {
        return call(task(value, data, score, creator, List.of(listeners), idleRunner(new InMemoryResultSaver())));
    }

    static OptimizationResult saved(Object value, ResultSaver saver) {
        return call(task(value, Searches.data(), LOSS, new TrainerTaskCreator(), List.of(), idleRunner(saver)));
    }

    private static OptimizationResult call(Callable<OptimizationResult> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new AssertionError("A task must not throw.", e);
        }
    }

    private static Callable<OptimizationResult> task(
            Object value,
            DataProvider data,
            ScoreFunction score,
            TrainerTaskCreator creator,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return creator.create(new Candidate<>(value, 5, new double[] {.25}), data, score, listeners, runner);
    }

    /** A runner that is asked, but does not run. */
    static IOptimizationRunner idleRunner(ResultSaver saver) {
        return new LocalOptimizationRunner(Searches.configuration()
                .candidateGenerator(new RandomSearchGenerator(Searches.space()))
                .scoreFunction(LOSS)
                .modelSaver(saver)
                .terminationConditions(new MaxCandidatesCondition(1))
                .build());
    }

    static MultiLayerNetwork model(OptimizationResult result) throws Exception {
        return (MultiLayerNetwork) result.getResultReference().getResultModel();
    }
}
