package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxTimeCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.SolverType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation.Metric;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The configuration of a whole search, with all that this package adds to one, as JSON. */
class ConfigurationJsonTest {
    private static final ScoreFunction ACCURACY = new EvaluationScoreFunction(Metric.ACCURACY);

    @TempDir
    private Path folder;

    private static NetworkWithTrainerSpace space() {
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                .scoreCalculator(
                        HeldOutScore.of(new TestSetLossScoreFunction(), DiscSource.class, DiscSource.properties(3)))
                .build();
        MultiLayerSpace.Builder network = new MultiLayerSpace.Builder()
                .seed(7)
                .addLayer(new ImplicitLayerSpace.Builder()
                        .stateSize(new IntegerParameterSpace(3, 5))
                        .stateOutput(true)
                        .activation(Activation.TANH)
                        .kappa(new ContinuousParameterSpace(.5, .9))
                        .solver(new DiscreteParameterSpace<>(SolverType.PICARD, SolverType.ANDERSON))
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .setInputType(InputType.feedForward(2))
                .earlyStoppingConfiguration(earlyStopping);
        return new NetworkWithTrainerSpace(
                network,
                new TrainerSpace(
                        new BackPropagationSpace.Builder(new Adam(), new ContinuousParameterSpace(.01, .1)).build(),
                        new ImplicitBcdSpace.Builder().sweeps(2).build()),
                DataType.DOUBLE);
    }

    private OptimizationConfiguration configuration(CandidateGenerator generator) {
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .dataSource(DiscSource.class, DiscSource.properties(2))
                .scoreFunction(ACCURACY)
                .modelSaver(new FolderResultSaver(folder.resolve("results")))
                .terminationConditions(
                        new MaxCandidatesCondition(3),
                        new MaxTimeCondition(1, TimeUnit.HOURS),
                        new AllCandidatesCondition())
                .rngSeed(5)
                .build();
    }

    static Stream<CandidateGenerator> generators() {
        return Stream.of(
                new RandomSearchGenerator(space()),
                new GridSearchCandidateGenerator(space(), 2, GridSearchCandidateGenerator.Mode.Sequential, null));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void theWholeConfigurationComesBack(CandidateGenerator generator) {
        OptimizationConfiguration configuration = configuration(generator);

        OptimizationConfiguration back = OptimizationConfiguration.fromJson(configuration.toJson());

        assertThat(back).isEqualTo(configuration);
        assertThat(back.toJson()).isEqualTo(configuration.toJson());
        assertThat(back.getResultSaver()).isEqualTo(configuration.getResultSaver());
        assertThat(back.getTerminationConditions()).isEqualTo(configuration.getTerminationConditions());
        // Arbiter seeds a generator when it builds a configuration, but not when it reads one.
        back.getCandidateGenerator().setRngSeed(back.getRngSeed());
        for (int i = 0; i < 4; i++) {
            Candidate<?> expected = generator.getCandidate();
            Candidate<?> candidate = back.getCandidateGenerator().getCandidate();
            assertThat(candidate.getFlatParameters()).isEqualTo(expected.getFlatParameters());
            NetworkWithTrainer value = (NetworkWithTrainer) candidate.getValue();
            NetworkWithTrainer original = (NetworkWithTrainer) expected.getValue();
            assertThat(value.getMultiLayerConfiguration()).isEqualTo(original.getMultiLayerConfiguration());
            assertThat(value.getMultiLayerConfiguration().getDataType()).isEqualTo(DataType.DOUBLE);
            assertThat(value.trainer()).isEqualTo(original.trainer());
            assertThat(value.getEarlyStoppingConfiguration().toString())
                    .isEqualTo(original.getEarlyStoppingConfiguration().toString());
        }
    }

    @Test
    void aSearchFromJsonRuns() throws Exception {
        String json = configuration(new RandomSearchGenerator(space())).toJson();
        OptimizationConfiguration configuration = OptimizationConfiguration.fromJson(json);
        configuration.getCandidateGenerator().setRngSeed(configuration.getRngSeed());

        LocalOptimizationRunner runner = new LocalOptimizationRunner(configuration);
        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(3);
        List<FolderResult> results = FolderResultSaver.results(folder.resolve("results"));
        assertThat(results).hasSize(3);
        assertThat(results.get(runner.bestScoreCandidateIndex()).getResult().getScore())
                .isEqualTo(runner.bestScore());
    }

    @Test
    void dataInMemoryComeBack() {
        OptimizationConfiguration configuration = Searches.configuration()
                .candidateGenerator(new RandomSearchGenerator(Searches.space()))
                .scoreFunction(ACCURACY)
                .terminationConditions(new MaxCandidatesCondition(1))
                .build();

        @SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
        InMemoryData back = (InMemoryData)
                OptimizationConfiguration.fromJson(configuration.toJson()).getDataProvider();

        assertThat(back.trainData(null).next())
                .isEqualTo(Searches.data().trainData(null).next());
        assertThat(back.testData(null).next())
                .isEqualTo(Searches.data().testData(null).next());
    }
}
