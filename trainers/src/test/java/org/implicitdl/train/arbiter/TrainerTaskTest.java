package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.RegressionScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.train.settings.TrainerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What a task does with a candidate. */
class TrainerTaskTest {
    static List<TrainerSettings> trainers() {
        return List.of(Tasks.ADAM, Tasks.BCD);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void theNetworkIsTrainedAsTheTrainerAloneTrainsIt(TrainerSettings trainer) throws Exception {
        MultiLayerNetwork expected = new MultiLayerNetwork(Tasks.plan(trainer).getMultiLayerConfiguration());
        expected.init();
        trainer.fit(expected, Searches.data().trainData(null));

        OptimizationResult result = Tasks.run(Tasks.plan(trainer), Tasks.LOSS);

        assertThat(Tasks.model(result).params()).isEqualTo(expected.params());
        assertThat(result.getCandidateInfo().getCandidateStatus()).isEqualTo(CandidateStatus.Complete);
        TrainingReport report = (TrainingReport) result.getModelSpecificResults();
        assertThat(report.epochs()).isEqualTo(3);
        assertThat(report.parameters()).isEqualTo(2 * 4 + 4 + 4 * 2 + 2);
    }

    @Test
    void theScoreFunctionsOfArbiterScoreTheTestData() throws Exception {
        MultiLayerNetwork net = Tasks.model(Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS));
        DataSetIterator test = Searches.data().testData(null);
        ScoreFunction accuracy = new EvaluationScoreFunction(Evaluation.Metric.ACCURACY);
        ScoreFunction squared = new RegressionScoreFunction(RegressionEvaluation.Metric.MSE);

        assertThat(Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS).getScore())
                .isCloseTo(net.score(Searches.disc(2, 40)), within(1e-6));
        assertThat(Tasks.run(Tasks.plan(Tasks.ADAM), accuracy).getScore())
                .isEqualTo(net.evaluate(test).accuracy());
        assertThat(Tasks.run(Tasks.plan(Tasks.ADAM), squared).getScore())
                .isEqualTo(net.evaluateRegression(test).averageMeanSquaredError());
    }

    @Test
    void aDataSourceIsConfiguredByItsProperties() throws Exception {
        Candidate<NetworkWithTrainer> candidate = new Candidate<>(Tasks.plan(Tasks.ADAM), 0, new double[0]);
        double[] scores = new double[2];
        for (int i = 0; i < 2; i++) {
            scores[i] = new TrainerTaskCreator()
                    .create(
                            candidate,
                            DiscSource.class,
                            DiscSource.properties(2 + i),
                            Tasks.LOSS,
                            List.of(),
                            Tasks.idleRunner(new InMemoryResultSaver()))
                    .call()
                    .getScore();
        }

        assertThat(scores[0])
                .isEqualTo(Tasks.run(Tasks.plan(Tasks.ADAM), Tasks.LOSS).getScore())
                .isNotEqualTo(scores[1]);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void earlyStoppingKeepsTheBestModel(TrainerSettings trainer) throws Exception {
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
                .scoreCalculator(HeldOutScore.of(Tasks.LOSS, Searches.data()))
                .build();
        NetworkWithTrainer plan =
                new NetworkWithTrainer(Tasks.plan(trainer).getMultiLayerConfiguration(), trainer, earlyStopping);

        OptimizationResult result = Tasks.run(plan, Tasks.LOSS);

        MultiLayerNetwork reference = new MultiLayerNetwork(plan.getMultiLayerConfiguration());
        reference.init();
        EarlyStoppingResult<MultiLayerNetwork> expected = trainer.earlyStopping(
                        earlyStopping, reference, Searches.data().trainData(null))
                .fit();
        assertThat(result.getScore())
                .isEqualTo(Collections.min(expected.getScoreVsEpoch().values()));
        TrainingReport report = (TrainingReport) result.getModelSpecificResults();
        assertThat(report.epochs()).isEqualTo(expected.getBestModelEpoch() + 1);
        assertThat(report.ending()).contains("MaxEpochs");
    }

    @Test
    void theSecondsOfBuildingTrainingAndScoringAreApart() {
        InMemoryData data = Searches.data();
        long start = System.nanoTime();

        OptimizationResult result = Tasks.run(
                Tasks.plan(Tasks.ADAM),
                new SuppliedData(
                        () -> {
                            pause(100);
                            return data.trainData(null);
                        },
                        () -> data.testData(null)),
                new TestSetLossScoreFunction() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double score(MultiLayerNetwork net, DataSetIterator iterator) {
                        pause(300);
                        return super.score(net, iterator);
                    }
                },
                new TrainerTaskCreator(new SlowTraining()));

        TrainingReport report = (TrainingReport) result.getModelSpecificResults();
        assertThat(report.buildingSeconds()).isGreaterThanOrEqualTo(.1);
        assertThat(report.trainingSeconds()).isGreaterThanOrEqualTo(.2);
        assertThat(report.scoringSeconds()).isGreaterThanOrEqualTo(.3);
        assertThat(report.buildingSeconds() + report.trainingSeconds() + report.scoringSeconds())
                .isLessThanOrEqualTo((System.nanoTime() - start) * 1e-9);
    }

    @Test
    void anIteratorThatIsHandedOutAgainAndAgainStartsFromItsBeginning() {
        DataSetIterator training = new ViewIterator(Searches.disc(1, 60), 20);
        DataSetIterator test = new ViewIterator(Searches.disc(2, 40), 20);
        SuppliedData data = new SuppliedData(() -> training, () -> test);

        OptimizationResult first = Tasks.run(Tasks.plan(Tasks.BCD), data, Tasks.LOSS, new TrainerTaskCreator());
        OptimizationResult second = Tasks.run(Tasks.plan(Tasks.BCD), data, Tasks.LOSS, new TrainerTaskCreator());

        assertThat(first.getScore())
                .isEqualTo(second.getScore())
                .isEqualTo(Tasks.run(Tasks.plan(Tasks.BCD), Tasks.LOSS).getScore());
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A listener that makes every epoch last longer. */
    private static final class SlowTraining implements TaskListener {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("rawtypes") // as Arbiter declares it
        public <T extends Model> T preProcess(T model, Candidate candidate) {
            model.addListeners(new BaseTrainingListener() {
                @Override
                public void onEpochEnd(Model trained) {
                    pause(70);
                }
            });
            return model;
        }

        @Override
        @SuppressWarnings("rawtypes") // as Arbiter declares it
        public void postProcess(Model model, Candidate candidate) {
            // Nothing to do.
        }
    }
}
