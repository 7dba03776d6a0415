package org.implicitdl.train.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.OtherLayers;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class TrainerSettingsTest {
    private static final TrainerSettings BCD =
            BcdSettings.withDefaults().withSweeps(3).withPolishSteps(2);
    private static final TrainerSettings ADAM = new BackPropagationSettings(new Adam(0.01), 4, 16);

    static Stream<TrainerSettings> all() {
        return Stream.of(
                BCD,
                BcdSettings.withDefaults()
                        .withRidge(1e-3)
                        .withEpsilon(1e-2, 1e-1)
                        .withAcceleration(0),
                ImplicitBcdSettings.withDefaults()
                        .withSweeps(4)
                        .withPolishSteps(3)
                        .withRelaxation(0.2)
                        .withRidge(1e-5)
                        .withRuleSteps(2)
                        .withStateSteps(3),
                MinibatchBcdSettings.withDefaults()
                        .withEpochs(4)
                        .withBatchSize(16)
                        .withMomentum(0.5)
                        .withDamping(3)
                        .withRatio(50)
                        .withWeightDecay(1e-4),
                ADAM,
                new BackPropagationSettings(new RmsProp(0.02), 3),
                new BackPropagationSettings(new RmsProp(0.02), 3, 0, 1e-3));
    }

    private static DataSet data() {
        INDArray features = Nd4j.linspace(DataType.DOUBLE, -1, 2.0 / 119, 120)
                .reshape(40, 3)
                .dup();
        return new DataSet(features, features.mul(features).sum(true, 1));
    }

    private static MultiLayerNetwork network(TrainerSettings settings) {
        NeuralNetConfiguration.Builder builder =
                new NeuralNetConfiguration.Builder().seed(5).dataType(DataType.DOUBLE);
        settings.configure(builder);
        MultiLayerNetwork net = new MultiLayerNetwork(builder.activation(Activation.TANH)
                .list(
                        settings instanceof ImplicitBcdSettings
                                ? new ImplicitLayer.Builder()
                                        .nIn(3)
                                        .stateSize(4)
                                        .stateOutput(true)
                                        .build()
                                : new DenseLayer.Builder().nIn(3).nOut(4).build(),
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(4)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build())
                .build());
        net.init();
        return net;
    }

    @ParameterizedTest
    @MethodSource("all")
    void trainsANetworkThatItConfigured(TrainerSettings settings) {
        MultiLayerNetwork net = network(settings);
        double before = net.score(data());

        settings.fit(net, new SingletonDataSetIterator(data()));

        assertThat(net.score(data())).isLessThan(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theListenersAreToldOfAsManyEpochsAsTheSettingsSay(TrainerSettings settings) {
        MultiLayerNetwork net = network(settings);
        AtomicInteger ends = new AtomicInteger();
        net.setListeners(new BaseTrainingListener() {
            @Override
            public void onEpochEnd(Model model) {
                ends.incrementAndGet();
            }
        });

        settings.fit(net, new SingletonDataSetIterator(data()));

        assertThat(ends.get()).isEqualTo(settings.epochs());
    }

    @Test
    void bcdIsTheTrainerOfTheSameOptions() {
        MultiLayerNetwork net = network(BCD);
        MultiLayerNetwork expected = network(BCD);
        new BcdTrainer.Builder().sweeps(3).polishSteps(2).build().fit(expected, data());

        BCD.fit(net, new SingletonDataSetIterator(data()));

        assertThat(net.params()).isEqualTo(expected.params());
    }

    @Test
    void minibatchBcdIsTheTrainerOfTheSameOptions() {
        TrainerSettings settings = MinibatchBcdSettings.withDefaults()
                .withEpochs(3)
                .withBatchSize(0)
                .withStepLength(0.2);
        MultiLayerNetwork net = network(settings);
        MultiLayerNetwork expected = network(settings);
        DataSetIterator batches = new ListDataSetIterator<>(data().asList(), 7);
        new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(0.2))
                .sweeps(3)
                .build()
                .fit(expected, batches);

        settings.fit(net, batches);

        assertThat(net.params()).isEqualTo(expected.params());
        assertThat(net.getIterationCount()).isEqualTo(3 * 6);
    }

    @Test
    void withoutABatchSizeBackPropagationIsTheFitOfTheNetwork() {
        TrainerSettings settings = new BackPropagationSettings(new Sgd(0.1), 3);
        MultiLayerNetwork net = network(settings);
        MultiLayerNetwork expected = network(settings);
        DataSetIterator batches = new ListDataSetIterator<>(data().asList(), 7);
        expected.fit(batches, 3);

        settings.fit(net, batches);

        assertThat(net.params()).isEqualTo(expected.params());
        assertThat(net.getEpochCount()).isEqualTo(3);
        assertThat(net.getIterationCount()).isEqualTo(3 * 6);
    }

    /** One step of gradient descent from the same weights: l2 takes rate·l2·W from them, and nothing from biases. */
    @Test
    void l2DecaysTheWeights() {
        TrainerSettings plain = new BackPropagationSettings(new Sgd(0.1), 1);
        TrainerSettings decaying = new BackPropagationSettings(new Sgd(0.1), 1, 0, 0.5);
        MultiLayerNetwork without = network(plain);
        MultiLayerNetwork with = network(decaying);
        INDArray w = with.getParam("0_W").dup();

        plain.fit(without, new SingletonDataSetIterator(data()));
        decaying.fit(with, new SingletonDataSetIterator(data()));

        INDArray decay = without.getParam("0_W").sub(with.getParam("0_W"));
        assertThat(decay.equalsWithEps(w.mul(0.1 * 0.5), 1e-12)).isTrue();
        assertThat(with.getParam("0_b")).isEqualTo(without.getParam("0_b"));
    }

    @Test
    void everyEpochSeesAllSamplesInBatchesOfTheSizeInAnotherOrder() {
        Iterable<DataSet> batches = ShuffledBatches.of(new ListDataSetIterator<>(data().asList(), 9), 16, 3);
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (DataSet batch : batches) {
            sizes.add(batch.numExamples());
            addFirstColumn(batch, first);
        }
        for (Iterator<DataSet> again = batches.iterator(); again.hasNext(); ) {
            addFirstColumn(again.next(), second);
        }

        assertThat(sizes).containsExactly(16, 16, 8);
        assertThat(first).hasSize(40).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
    }

    /** Sequences, of which the mask of each tells its length, as do its features and its label. */
    @Test
    void masksGoWithTheirSamples() {
        List<DataSet> sequences = new ArrayList<>();
        for (int length = 1; length <= 5; length++) {
            INDArray mask = Nd4j.zeros(1, 5);
            mask.get(NDArrayIndex.point(0), NDArrayIndex.interval(0, length)).assign(1);
            INDArray features = Nd4j.ones(1, 2, 5).muli(length);
            sequences.add(new DataSet(features, Nd4j.scalar((float) length).reshape(1, 1), mask, Nd4j.ones(1, 1)));
        }
        for (DataSet batch : ShuffledBatches.of(new ExistingDataSetIterator(sequences), 2, 3)) {
            assertThat(batch.getFeatures().shape()).containsExactly(batch.numExamples(), 2, 5);
            assertThat(batch.getFeaturesMaskArray().sum(true, 1)).isEqualTo(batch.getLabels());
            assertThat(batch.getFeatures().max(1, 2).reshape(-1, 1)).isEqualTo(batch.getLabels());
            assertThat(batch.getLabelsMaskArray().sumNumber().intValue()).isEqualTo(batch.numExamples());
        }
    }

    @Test
    void maskedSamplesPlayNoPartInBackPropagationAndAreRefusedByBlockDescent() {
        DataSet all = data();
        INDArray mask = Nd4j.ones(40, 1);
        mask.putScalar(7, 0, 0);
        all.getLabels().putScalar(7, 0, 1e6);
        DataSet masked = new DataSet(all.getFeatures(), all.getLabels(), null, mask);
        MultiLayerNetwork net = network(ADAM);

        ADAM.fit(net, new SingletonDataSetIterator(masked));

        assertThat(net.score()).isLessThan(1e3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinibatchBcdSettings.withDefaults()
                        .withBatchSize(16)
                        .fit(network(BCD), new SingletonDataSetIterator(masked)))
                .withMessageContaining("mask");
    }

    @Test
    void batchesThatDoNotFitTogetherOrHaveNoLabelsAreNamed() {
        DataSet wider = new DataSet(Nd4j.ones(40, 9), Nd4j.ones(40, 1));
        assertThatThrownBy(() -> ShuffledBatches.of(new ExistingDataSetIterator(List.of(data(), wider)), 16, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[40, 9]");
        MinibatchBcdSettings settings = MinibatchBcdSettings.withDefaults().withBatchSize(16);
        DataSet unlabelled = new DataSet(data().getFeatures(), null);
        assertThatThrownBy(() -> settings.fit(network(settings), new SingletonDataSetIterator(unlabelled)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has no labels");
    }

    /** Without the check back-propagation fails on the first in its own words, and takes the second for trained. */
    @Test
    void theOneBatchOfAnIteratorIsCheckedAsManyAre() {
        BackPropagationSettings settings = new BackPropagationSettings(new Sgd(0.1), 1, 4);
        INDArray features = data().getFeatures();
        DataSet tooFewLabels = new DataSet(rows(features, 10), rows(data().getLabels(), 9));
        assertThatThrownBy(() -> settings.fit(network(settings), new SingletonDataSetIterator(tooFewLabels)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("features of 10 samples", "labels of 9");
        DataSet unlabelled = new DataSet(features, null);
        assertThatThrownBy(() -> settings.fit(network(settings), new SingletonDataSetIterator(unlabelled)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has no labels");
    }

    private static INDArray rows(INDArray all, int count) {
        return all.get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
    }

    /** Features and labels must stay together. */
    private static void addFirstColumn(DataSet batch, List<Double> values) {
        INDArray expected = batch.getFeatures().mul(batch.getFeatures()).sum(true, 1);
        assertThat(batch.getLabels()).isEqualTo(expected);
        for (int i = 0; i < batch.numExamples(); i++) {
            values.add(batch.getFeatures().getDouble(i, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void earlyStoppingEndsByItsConditions(TrainerSettings settings) {
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                .scoreCalculator(new DataSetLossCalculator(new ListDataSetIterator<>(data().asList(), 40), true))
                .build();

        EarlyStoppingResult<MultiLayerNetwork> result = settings.earlyStopping(
                        configuration, network(settings), new SingletonDataSetIterator(data()))
                .fit();

        assertThat(result.getTotalEpochs()).isEqualTo(2);
        assertThat(result.getBestModel().score(data()))
                .isCloseTo(Collections.min(result.getScoreVsEpoch().values()), within(1e-12));
    }

    private static Stream<TrainerSettings> allAndTrainedOthers() {
        return Stream.concat(
                all(), Stream.of(MinibatchBcdSettings.withDefaults().withOtherLayers(OtherLayers.TRAINED)));
    }

    @ParameterizedTest
    @MethodSource("allAndTrainedOthers")
    void survivesJsonAndJavaSerialization(TrainerSettings settings) throws IOException, ClassNotFoundException {
        ObjectMapper mapper = new ObjectMapper();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(settings);

        assertThat(mapper.readValue(mapper.writeValueAsString(settings), TrainerSettings.class))
                .isEqualTo(settings);
        assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isEqualTo(settings);
    }

    @Test
    void aValueOutOfItsRangeIsRefusedWithIt() {
        BcdSettings bcd = BcdSettings.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bcd.withSweeps(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> bcd.withRidge(-2)).withMessageContaining("-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bcd.withEpsilon(0, 1))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bcd.withAcceleration(-3))
                .withMessageContaining("-3");
        ImplicitBcdSettings implicit = ImplicitBcdSettings.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> implicit.withSweeps(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> implicit.withPolishSteps(-4))
                .withMessageContaining("-4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> implicit.withRelaxation(0))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> implicit.withRidge(-2))
                .withMessageContaining("-2");
        MinibatchBcdSettings minibatch = MinibatchBcdSettings.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minibatch.withEpochs(0))
                .withMessageContaining("at least 1 epoch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minibatch.withBatchSize(-2))
                .withMessageContaining("-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minibatch.withMomentum(1))
                .withMessageContaining("1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackPropagationSettings(new Sgd(1), 0))
                .withMessageContaining("at least 1 epoch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackPropagationSettings(new Sgd(1), 1, -1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackPropagationSettings(new Sgd(1), 1, 0, Double.NaN))
                .withMessageContaining("l2 must be at least 0");
    }

    @Test
    void anEmptyIteratorIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ADAM.fit(network(ADAM), new ListDataSetIterator<>(List.of())))
                .withMessageContaining("no data set");
    }

    @Test
    void namesAreThoseOfTheMethods() {
        assertThat(BCD.trainerName()).isEqualTo("BCD");
        assertThat(MinibatchBcdSettings.withDefaults().trainerName()).isEqualTo("minibatch BCD");
        assertThat(ADAM.trainerName()).isEqualTo("Adam");
        assertThat(ADAM.toString()).contains("4 epochs", "batches of 16", "0.01");
        assertThat(new BackPropagationSettings(new Adam(0.01), 1).toString()).contains("(1 epoch,");
        assertThat(BCD).asString().startsWith("BCD(3 sweeps, 2 polishing steps,");
        assertThat(BcdSettings.withDefaults().withSweeps(1).withPolishSteps(1))
                .asString()
                .startsWith("BCD(1 sweep, 1 polishing step,");
    }
}
