package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.termination.MaxScoreIterationTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.SolverType;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whatever happens to a candidate, the search goes on and knows why. */
class FailedCandidatesTest {
    private static final TrainerSettings DIVERGING = new BackPropagationSettings(new Sgd(1e39), 3);

    @TempDir
    private Path folder;

    private static void assertFails(Object value, String... reasons) {
        assertFailed(Tasks.run(value, Tasks.LOSS), reasons);
    }

    private static void assertFailed(OptimizationResult result, String... reasons) {
        assertThat(result.getScore()).isNull();
        assertThat(result.getIndex()).isEqualTo(5);
        assertThat(result.getCandidateInfo().getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
        assertThat(result.getCandidateInfo()
                        .getExceptionStackTrace()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .contains(reasons);
    }

    @Test
    void aScoreThatIsNoNumberIsAFailure() {
        assertFails(Tasks.plan(DIVERGING), "score is NaN", "Sgd", "learning rate");
    }

    @Test
    void aTrainerThatCannotTrainTheNetworkIsAFailure() {
        NetworkWithTrainerSpace space = new NetworkWithTrainerSpace(
                implicit(new FixedValue<>(3), new FixedValue<>(SolverType.AUTO)),
                new TrainerSpace(new FixedValue<>(Tasks.BCD)));

        assertFails(space.getValue(new double[0]), "ImplicitLayer");
    }

    @Test
    void valuesThatMakeNoNetworkAreAFailureOfTheCandidateThatHasThem() {
        NetworkWithTrainerSpace space = impossible();
        new RandomSearchGenerator(space);

        assertFails(space.getValue(new double[] {0}), "make no network", "stateSize", "-3");
    }

    @Test
    void anErrorWhileScoringIsAFailure() {
        assertFailed(
                Tasks.run(Tasks.plan(Tasks.ADAM), new TestSetLossScoreFunction() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double score(MultiLayerNetwork net, DataSetIterator iterator) {
                        throw new OutOfMemoryError("too large");
                    }
                }),
                "too large");
    }

    @Test
    void earlyStoppingWithoutAModelIsAFailure() {
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .iterationTerminationConditions(new MaxScoreIterationTerminationCondition(0))
                .scoreCalculator(HeldOutScore.of(Tasks.LOSS, Searches.data()))
                .build();

        assertFails(
                new NetworkWithTrainer(Tasks.plan(DIVERGING).getMultiLayerConfiguration(), DIVERGING, earlyStopping),
                "before it had scored a model");
    }

    @Test
    void aCandidateOfAnotherSpaceIsAFailure() {
        assertFails("a text", "NetworkWithTrainerSpace", "java.lang.String");
    }

    @Test
    void aModelThatCannotBeSavedIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertFailed(Tasks.saved(Tasks.plan(Tasks.ADAM), new FolderResultSaver(file)), "file");
    }

    @Test
    void aListenerThatFailsDoesNotEndTheCandidate() {
        OptimizationResult result = Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS, new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner runner, OptimizationResult result) {
                throw new IllegalStateException("a listener's own");
            }
        });

        assertThat(result.getCandidateInfo().getCandidateStatus()).isEqualTo(CandidateStatus.Complete);
    }

    @Test
    void listenersSeeEveryStatusAndEveryIteration() {
        List<Object> seen = new ArrayList<>();
        BaseStatusListener listener = new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner runner, OptimizationResult result) {
                seen.add(info.getCandidateStatus());
            }

            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                seen.add(iteration);
            }
        };

        Tasks.run(Tasks.plan(Tasks.BCD), Tasks.LOSS, listener);
        Tasks.run("a text", Tasks.LOSS, listener);

        assertThat(seen)
                .containsExactly(
                        CandidateStatus.Running,
                        0,
                        1,
                        2,
                        CandidateStatus.Complete,
                        CandidateStatus.Running,
                        CandidateStatus.Failed);
    }

    /** Of the grid's solvers only one can solve the equation; Arbiter counts the other as failed, and finds the best. */
    @Test
    void aSearchGoesOnAfterFailures() throws IOException {
        NetworkWithTrainerSpace space = new NetworkWithTrainerSpace(
                implicit(
                        new FixedValue<>(3),
                        new DiscreteParameterSpace<>(SolverType.BACK_SUBSTITUTION, SolverType.PICARD)),
                new TrainerSpace(new FixedValue<>(Tasks.ADAM)));
        LocalOptimizationRunner runner = new LocalOptimizationRunner(Searches.configuration()
                .candidateGenerator(
                        new GridSearchCandidateGenerator(space, 2, GridSearchCandidateGenerator.Mode.Sequential, null))
                .scoreFunction(Tasks.LOSS)
                .terminationConditions(new MaxCandidatesCondition(1000), new AllCandidatesCondition())
                .build());

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(1);
        assertThat(runner.numCandidatesCompleted()).isEqualTo(1);
        assertThat(runner.bestScoreCandidateIndex()).isEqualTo(1);
        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace()).contains("BACK_SUBSTITUTION");
    }

    /** Arbiter alone would draw such candidates for ever, without counting one. */
    @Test
    void aSearchOfImpossibleCandidatesOnlyEnds() {
        NetworkWithTrainerSpace space = impossible();
        LocalOptimizationRunner runner = new LocalOptimizationRunner(Searches.configuration()
                .candidateGenerator(new RandomSearchGenerator(space))
                .scoreFunction(Tasks.LOSS)
                .terminationConditions(new MaxCandidatesCondition(3))
                .build());

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(3);
        assertThat(runner.bestScore()).isNull();
    }

    @Test
    void whatBelongsToTheTrainerIsRefusedInTheNetwork() {
        TrainerSpace trainer = new TrainerSpace(new FixedValue<>(Tasks.ADAM));
        MultiLayerSpace.Builder withUpdater =
                Searches.network(new FixedValue<>(3)).updater(new Sgd(.1));
        MultiLayerSpace.Builder withEpochs =
                Searches.network(new FixedValue<>(3)).numEpochs(3);
        MultiLayerSpace.Builder withOneValue = Searches.network(new IntegerParameterSpace(3, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkWithTrainerSpace(withUpdater, trainer))
                .withMessageContainingAll("updater", "BackPropagationSpace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkWithTrainerSpace(withEpochs, trainer))
                .withMessageContainingAll("epochs", "3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkWithTrainerSpace(withOneValue, trainer))
                .withMessageContaining("one value only");
    }

    /** Layers of a negative number of states. */
    private static NetworkWithTrainerSpace impossible() {
        return new NetworkWithTrainerSpace(
                implicit(new IntegerParameterSpace(-3, -1), new FixedValue<>(SolverType.AUTO)),
                new TrainerSpace(new FixedValue<>(Tasks.ADAM)));
    }

    private static MultiLayerSpace.Builder implicit(ParameterSpace<Integer> states, ParameterSpace<SolverType> solver) {
        return new MultiLayerSpace.Builder()
                .seed(7)
                .addLayer(new ImplicitLayerSpace.Builder()
                        .nIn(2)
                        .nOut(2)
                        .stateSize(states)
                        .activation(Activation.TANH)
                        .solver(solver)
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nIn(2)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build());
    }
}
