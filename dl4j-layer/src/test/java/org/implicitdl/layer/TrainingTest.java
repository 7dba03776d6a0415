package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The layer is trained like any other, and stays well-posed meanwhile. */
class TrainingTest {
    private static final DataSet RINGS = Networks.rings(200, DataType.DOUBLE);

    private static ImplicitLayer.Builder layer() {
        return new ImplicitLayer.Builder().nIn(2).nOut(4).stateSize(12).activation(Activation.TANH);
    }

    private static MultiLayerNetwork network(double rate, ImplicitLayer... layers) {
        org.deeplearning4j.nn.conf.layers.Layer[] all =
                java.util.Arrays.copyOf(layers, layers.length + 1, org.deeplearning4j.nn.conf.layers.Layer[].class);
        all[layers.length] = Networks.softmax((int) layers[layers.length - 1].getNOut(), 2);
        return Networks.network(Networks.builder(new Adam(rate)), all);
    }

    private static DataSetIterator iterator() {
        return new ListDataSetIterator<>(RINGS.asList(), 50);
    }

    private static double accuracy(MultiLayerNetwork network) {
        return network.evaluate(iterator()).accuracy();
    }

    /** Fails as soon as an iteration leaves parameters without a certificate. */
    private static final class Margins extends BaseTrainingListener {
        private final List<Double> margins = new ArrayList<>();

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            ImplicitLayers.of(model)
                    .values()
                    .forEach(layer -> margins.add(layer.certificate().margin()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WellPosed.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void learnsWhatNoLinearModelCanAndStaysWellPosedAtEveryIteration(WellPosed wellPosed) {
        MultiLayerNetwork network = network(0.03, layer().wellPosed(wellPosed).build());
        Margins margins = new Margins();
        network.setListeners(margins);

        network.fit(iterator(), 40);

        assertThat(accuracy(network)).isGreaterThan(0.95);
        assertThat(margins.margins)
                .hasSize(160)
                .allSatisfy(margin -> assertThat(margin).isPositive());
    }

    @ParameterizedTest
    @EnumSource(GradientType.class)
    void everyKindOfGradientLearns(GradientType type) {
        MultiLayerNetwork network = network(0.03, layer().gradient(type).build());

        network.fit(iterator(), 40);

        assertThat(accuracy(network)).isGreaterThan(0.9);
    }

    @Test
    void dropoutActsInTrainingOnly() {
        MultiLayerNetwork network = network(0.01, layer().nIn(2).dropOut(0.5).build());
        INDArray features = RINGS.getFeatures();

        assertThat(network.output(features)).isEqualTo(network.output(features));
        assertThat(network.feedForward(features, true)
                        .get(1)
                        .distance2(network.feedForward(features, false).get(1)))
                .isPositive();
        network.fit(iterator(), 2);
        assertThat(network.score()).isFinite();
    }

    @Test
    void weightNoiseKeepsTheEquationWellPosed() {
        MultiLayerNetwork network = network(
                0.01,
                layer().weightNoise(
                                new WeightNoise(new org.deeplearning4j.nn.conf.distribution.NormalDistribution(0, 1)))
                        .build(),
                layer().nIn(4).weightNoise(new DropConnect(0.8)).build());
        Margins margins = new Margins();
        network.setListeners(margins);

        network.fit(iterator(), 3);

        assertThat(margins.margins)
                .hasSize(24)
                .allSatisfy(margin -> assertThat(margin).isPositive());
        INDArray features = RINGS.getFeatures();
        assertThat(network.output(features)).isEqualTo(network.output(features));
    }

    @Test
    void gradientNormalizationBoundsTheStep() {
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Sgd(1)),
                layer().gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(1e-3)
                        .build(),
                Networks.softmax(4, 2));
        INDArray before = network.getLayer(0).params().dup();

        network.fit(new DataSet(RINGS.getFeatures(), RINGS.getLabels()));

        assertThat(network.getLayer(0).params().distance2(before)).isCloseTo(1e-3, within(1e-7));
    }

    @Test
    void frozenLayersStayAndPassGradientsOn() {
        ImplicitLayer frozen = layer().build();
        MultiLayerNetwork network = Networks.network(
                Networks.builder(new Adam(0.05)),
                layer().nOut(2).build(),
                new FrozenLayerWithBackprop(frozen),
                Networks.softmax(4, 2));
        INDArray before = network.getLayer(1).params().dup();
        INDArray below = network.getLayer(0).params().dup();

        network.fit(iterator(), 2);

        assertThat(network.getLayer(1).params()).isEqualTo(before);
        assertThat(network.getLayer(0).params().distance2(below)).isPositive();
        assertThat(ImplicitLayers.of(network)).hasSize(2);
    }

    @Test
    void transferLearningFreezesReplacesAndFineTunes() {
        MultiLayerNetwork network =
                network(0.03, layer().build(), layer().nIn(4).build());
        network.fit(iterator(), 2);
        INDArray kept = network.getLayer(0).params().dup();

        MultiLayerNetwork tuned = new TransferLearning.Builder(network)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.05))
                        .seed(5)
                        .build())
                .setFeatureExtractor(0)
                .nOutReplace(1, 6, WeightInit.XAVIER)
                .build();
        Margins margins = new Margins();
        tuned.setListeners(margins);
        tuned.fit(iterator(), 40);

        assertThat(tuned.getLayer(0).params()).isEqualTo(kept);
        assertThat(tuned.getParam("1_C").shape()).containsExactly(6, 12);
        assertThat(tuned.getParam("2_W").shape()).containsExactly(6, 2);
        assertThat(margins.margins).allSatisfy(margin -> assertThat(margin).isPositive());
        assertThat(accuracy(tuned)).isGreaterThan(0.9);
    }

    @Test
    void replacingTheOutputsOfALayerThatPutsOutItsStateResizesTheState() {
        MultiLayerNetwork network =
                network(0.03, layer().stateOutput(true).nOut(12).build());

        MultiLayerNetwork wider = new TransferLearning.Builder(network)
                .nOutReplace(0, 7, WeightInit.XAVIER)
                .build();

        assertThat(wider.getParam("0_A").shape()).containsExactly(7, 7);
        assertThat(wider.output(RINGS.getFeatures()).shape()).containsExactly(200, 2);
    }

    @Test
    void earlyStoppingKeepsTheBestNetwork() {
        List<Double> scores = new ArrayList<>();
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(10))
                .scoreCalculator(new ScoreCalculator<MultiLayerNetwork>() {
                    @Override
                    public double calculateScore(MultiLayerNetwork network) {
                        scores.add(network.score(RINGS));
                        return scores.get(scores.size() - 1);
                    }

                    @Override
                    public boolean minimizeScore() {
                        return true;
                    }
                })
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        // A rate at which the last network is not the best.
        MultiLayerNetwork network = network(0.5, layer().build());

        EarlyStoppingResult<MultiLayerNetwork> result =
                new EarlyStoppingTrainer(configuration, network, iterator()).fit();

        double least = scores.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(scores.get(scores.size() - 1)).isGreaterThan(least);
        assertThat(result.getBestModel().score(RINGS)).isCloseTo(least, within(1e-12));
    }

    @Test
    void theListenerSeesEveryIteration() {
        List<SolveStatistics> consumed = new ArrayList<>();
        ImplicitLayerListener listener = new ImplicitLayerListener(2, consumed::add);
        MultiLayerNetwork network =
                network(0.03, layer().name("deep").build(), layer().nIn(4).build());
        network.setListeners(listener);

        network.fit(iterator(), 2);

        assertThat(listener.series()).isEqualTo(consumed).hasSize(8);
        assertThat(consumed.get(0).layer()).isEqualTo("deep");
        assertThat(consumed).allSatisfy(point -> {
            assertThat(point.iteration() % 2).isZero();
            assertThat(point.report().samples()).isEqualTo(50);
            assertThat(point.report().failures()).isZero();
            assertThat(point.report().worstResidual()).isBetween(0.0, 1e-12);
            assertThat(point.report().seconds()).isPositive();
            assertThat(point.report().margin()).isBetween(0.05, 1.0);
            assertThat(point.report().meanIterations())
                    .isBetween(1.0, (double) point.report().maxIterations());
        });
        assertThat(Networks.implicit(network, 0)
                        .lastGradientReport()
                        .orElseThrow()
                        .failures())
                .isZero();
    }
}
