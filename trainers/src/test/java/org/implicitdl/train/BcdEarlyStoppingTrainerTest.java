package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;
import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.bcd.ExactOptions;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class BcdEarlyStoppingTrainerTest {
    private final DataSet all = Networks.data(DataType.DOUBLE, LossFunction.MSE, 120);
    private final DataSet train =
            new DataSet(all.getFeatures().getRows(rows(0, 80)), all.getLabels().getRows(rows(0, 80)));
    private final DataSet validation = new DataSet(
            all.getFeatures().getRows(rows(80, 120)), all.getLabels().getRows(rows(80, 120)));

    @Test
    void endsAfterTheEpochsAskedForWithTheBestModel() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        EarlyStoppingResult<MultiLayerNetwork> result =
                fit(net, new BcdTrainer.Builder().sweeps(50).build(), new MaxEpochsTerminationCondition(6));
        assertThat(result.getTerminationReason()).isEqualTo(TerminationReason.EpochTerminationCondition);
        assertThat(result.getTotalEpochs()).isEqualTo(6);
        assertThat(result.getScoreVsEpoch()).hasSize(6);
        assertThat(net.getIterationCount()).isEqualTo(6);
        requireBest(result);
    }

    @Test
    void anEpochOfMinibatchesIsAllOfThem() {
        MultiLayerNetwork net = Networks.implicit(DataType.DOUBLE);
        EarlyStoppingResult<MultiLayerNetwork> result = new BcdEarlyStoppingTrainer(
                        configuration(new MaxEpochsTerminationCondition(6)).build(),
                        net,
                        new BcdTrainer.Builder()
                                .method(MinibatchDescent.withDefaults())
                                .sweeps(6)
                                .build(),
                        new ListDataSetIterator<>(train.asList(), 20))
                .fit();
        assertThat(result.getTotalEpochs()).isEqualTo(6);
        assertThat(net.getIterationCount()).isEqualTo(6 * 4);
        assertThat(result.getBestModelScore())
                .isLessThan(Networks.implicit(DataType.DOUBLE).score(validation));
        requireBest(result);
    }

    @Test
    void endsWhenTheScoreNoLongerImproves() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        EarlyStoppingResult<MultiLayerNetwork> result = fit(
                net,
                new BcdTrainer.Builder().sweeps(3).polishSteps(2).build(),
                new ScoreImprovementEpochTerminationCondition(3),
                new MaxEpochsTerminationCondition(500));
        assertThat(result.getTotalEpochs()).isLessThan(500);
        assertThat(result.getTerminationDetails()).contains("ScoreImprovement");
        requireBest(result);
    }

    /** After 3 sweeps and 2 steps of the polish nothing changes any more. */
    @Test
    void weightsStayWhenTheTrainingIsThrough() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        MultiLayerNetwork expected = Networks.small(DataType.DOUBLE);
        BcdTrainer trainer = new BcdTrainer.Builder().sweeps(3).polishSteps(2).build();
        trainer.fit(expected, train);
        EarlyStoppingResult<MultiLayerNetwork> result = fit(net, trainer, new MaxEpochsTerminationCondition(9));
        assertThat(net.params()).isEqualTo(expected.params());
        assertThat(net.getIterationCount()).isEqualTo(5);
        assertThat(result.getScoreVsEpoch().get(8))
                .isEqualTo(result.getScoreVsEpoch().get(4));
    }

    /** After 2 sweeps and 3 steps of the polish nothing changes any more. */
    @Test
    void thePolishOfAnImplicitLayerBelongsToTheEpochs() {
        MultiLayerNetwork net = Networks.implicit(DataType.DOUBLE);
        MultiLayerNetwork expected = Networks.implicit(DataType.DOUBLE);
        BcdTrainer trainer = new BcdTrainer.Builder()
                .method(ImplicitDescent.withDefaults())
                .sweeps(2)
                .polishSteps(3)
                .build();
        trainer.fit(expected, train);
        fit(net, trainer, new MaxEpochsTerminationCondition(7));
        assertThat(net.params()).isEqualTo(expected.params());
        assertThat(net.getIterationCount()).isEqualTo(5);
    }

    @Test
    void iterationConditionsSeeTheTrainingScore() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        List<Double> scores = new ArrayList<>();
        IterationTerminationCondition third = new IterationTerminationCondition() {
            @Override
            public void initialize() {}

            @Override
            public boolean terminate(double score) {
                scores.add(score);
                assertThat(score).isEqualTo(net.score(train));
                return scores.size() == 3;
            }
        };
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = configuration(
                        new MaxEpochsTerminationCondition(5))
                .iterationTerminationConditions(third)
                .build();
        EarlyStoppingResult<MultiLayerNetwork> result = new BcdEarlyStoppingTrainer(
                        configuration, net, new BcdTrainer.Builder().build(), new SingletonDataSetIterator(train))
                .fit();
        assertThat(result.getTerminationReason()).isEqualTo(TerminationReason.IterationTerminationCondition);
        assertThat(net.getIterationCount()).isEqualTo(3);
    }

    @Test
    void anEmptyIteratorIsRefused() {
        assertThatThrownBy(() -> new BcdEarlyStoppingTrainer(
                        configuration(new MaxEpochsTerminationCondition(5)).build(),
                        Networks.small(DataType.DOUBLE),
                        new BcdTrainer.Builder().build(),
                        new ListDataSetIterator<>(Collections.<DataSet>emptyList())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no data set");
    }

    @Test
    void thereIsNoPretraining() {
        BcdEarlyStoppingTrainer trainer = new BcdEarlyStoppingTrainer(
                configuration(new MaxEpochsTerminationCondition(5)).build(),
                Networks.small(DataType.DOUBLE),
                new BcdTrainer.Builder().build(),
                new SingletonDataSetIterator(train));
        assertThatThrownBy(trainer::pretrain)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("call fit() instead");
    }

    @Test
    void aFailureInTheFirstEpochIsToldAsItIs() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        INDArray before = net.params().dup();
        BcdTrainer failing = new BcdTrainer.Builder()
                .method(BlockCoordinateDescent.exact(ExactOptions.defaults().withTolerance(1e-300)))
                .build();
        assertThatThrownBy(() -> fit(net, failing, new MaxEpochsTerminationCondition(5)))
                .isInstanceOf(BlockStepException.class)
                .hasMessageContaining("raise epsilon");
        assertThat(net.params()).isEqualTo(before);
    }

    private static void requireBest(EarlyStoppingResult<MultiLayerNetwork> result) {
        double least = Collections.min(result.getScoreVsEpoch().values());
        assertThat(result.getScoreVsEpoch().get(result.getBestModelEpoch())).isEqualTo(least);
    }

    private EarlyStoppingResult<MultiLayerNetwork> fit(
            MultiLayerNetwork net, BcdTrainer trainer, EpochTerminationCondition... conditions) {
        EarlyStoppingResult<MultiLayerNetwork> result = new BcdEarlyStoppingTrainer(
                        configuration(conditions).build(), net, trainer, new SingletonDataSetIterator(train))
                .fit();
        double least = Collections.min(result.getScoreVsEpoch().values());
        assertThat(result.getBestModel().score(validation)).isCloseTo(least, within(1e-12));
        return result;
    }

    private EarlyStoppingConfiguration.Builder<MultiLayerNetwork> configuration(
            EpochTerminationCondition... conditions) {
        return new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(conditions)
                .scoreCalculator(new DataSetLossCalculator(new SingletonDataSetIterator(validation), true))
                .modelSaver(new InMemoryModelSaver<>());
    }

    private static int[] rows(int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
        }
        return rows;
    }
}
