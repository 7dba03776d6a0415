package org.implicitdl.convert.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.convert.structure.SparseModel;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Everything is drawn with seed 5. */
class IterativePruningTest {
    private static final int SIDE = 4;
    static final int PIXELS = SIDE * SIDE;
    private static final DataSet DATA = data(200, 5);
    private static final DataSet HELD_OUT = data(400, 6);

    /** Whether the left half of an image is brighter than the right half, or the upper than the lower. */
    private static DataSet data(int samples, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.zeros(DataType.DOUBLE, samples, PIXELS);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, samples, 4);
        for (int s = 0; s < samples; s++) {
            double left = 0;
            double upper = 0;
            for (int k = 0; k < PIXELS; k++) {
                double pixel = random.nextGaussian();
                features.putScalar(s, k, pixel);
                left += k % SIDE < SIDE / 2 ? pixel : -pixel;
                upper += k / SIDE < SIDE / 2 ? pixel : -pixel;
            }
            labels.putScalar(s, (left > 0 ? 1 : 0) + (upper > 0 ? 2 : 0), 1);
        }
        return new DataSet(features, labels);
    }

    static NeuralNetConfiguration.Builder configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .activation(Activation.RELU);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** With everything that changes weights beside the gradient: momentum, weight decay and constraints. */
    private static MultiLayerNetwork convolutional() {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration()
                .l2(1e-3)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .padding(1, 1)
                        .constrainWeights(new UnitNormConstraint(1, 2, 3))
                        .build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder()
                        .nOut(10)
                        .constrainWeights(new MaxNormConstraint(1, 0))
                        .build())
                .layer(output())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                .build());
        network.init();
        fit(network, 30);
        return network;
    }

    static MultiLayerNetwork dense(int hidden) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration()
                .list()
                .layer(new DenseLayer.Builder().nIn(PIXELS).nOut(hidden).build())
                .layer(output())
                .setInputType(InputType.feedForward(PIXELS))
                .build());
        network.init();
        return network;
    }

    static void fit(MultiLayerNetwork network, int steps) {
        for (int k = 0; k < steps; k++) {
            network.fit(DATA);
        }
    }

    static double error(MultiLayerNetwork network) {
        return network.score(HELD_OUT);
    }

    private static List<INDArray> weights(Layer[] layers) {
        List<INDArray> weights = new ArrayList<>();
        for (Layer layer : layers) {
            if (!(layer instanceof org.deeplearning4j.nn.layers.normalization.BatchNormalization)) {
                weights.add(layer.getParam("W"));
            }
        }
        return weights;
    }

    private static long left(INDArray weights) {
        return weights.neq(0).castTo(DataType.INT64).sumNumber().longValue();
    }

    @Test
    void everyRoundLeavesItsShareOfEachLayerAndWhatWasPrunedStaysZero() {
        MultiLayerNetwork network = convolutional();
        INDArray before = network.params().dup();

        PruningPath<MultiLayerNetwork> path = IterativePruning.keeping(0.2)
                .withRounds(3)
                .prune(network, net -> fit(net, 10), IterativePruningTest::error);

        assertThat(network.params()).isEqualTo(before);
        assertThat(path.stages()).hasSize(4);
        for (int round = 1; round <= 3; round++) {
            MultiLayerNetwork pruned = path.stages().get(round).network();
            MultiLayerNetwork previous = path.stages().get(round - 1).network();
            List<INDArray> now = weights(pruned.getLayers());
            List<INDArray> then = weights(previous.getLayers());
            long all = 0;
            for (int k = 0; k < now.size(); k++) {
                long expected =
                        (long) Math.ceil(Math.pow(0.2, round / 3.0) * now.get(k).length());
                assertThat(left(now.get(k))).as("round %d, layer %d", round, k).isEqualTo(expected);
                assertThat(left(now.get(k).mul(then.get(k).eq(0).castTo(DataType.DOUBLE))))
                        .as("weights that came back in round %d", round)
                        .isZero();
                all += expected;
            }
            assertThat(path.stages().get(round).weights()).isEqualTo(all);
            assertThat(left(pruned.getLayer(2).getParam("b"))).isEqualTo(10);
            assertThat(pruned.getLayer(1).getParam("gamma"))
                    .isNotEqualTo(previous.getLayer(1).getParam("gamma"));
        }
    }

    @Test
    void oneThresholdForTheNetworkLeavesTheShareOfAllWeights() {
        MultiLayerNetwork network = dense(12);
        fit(network, 30);
        long all = PIXELS * 12 + 12 * 4;

        PruningPath.Stage<MultiLayerNetwork> pruned = IterativePruning.keeping(0.25)
                .withScope(Pruning.Scope.WHOLE_MODEL)
                .withRounds(1)
                .prune(network, net -> {}, IterativePruningTest::error)
                .stages()
                .get(1);

        assertThat(pruned.weights()).isEqualTo(all / 4);
        INDArray first = network.getLayer(0).getParam("W");
        INDArray second = network.getLayer(1).getParam("W");
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (INDArray[] pair : new INDArray[][] {
            {first, pruned.network().getLayer(0).getParam("W")},
            {second, pruned.network().getLayer(1).getParam("W")}
        }) {
            for (long k = 0; k < pair[0].length(); k++) {
                double size = Math.abs(pair[0].getDouble(k));
                least = pair[1].getDouble(k) != 0 ? Math.min(least, size) : least;
                largest = pair[1].getDouble(k) == 0 ? Math.max(largest, size) : largest;
            }
        }
        assertThat(largest).isLessThan(least);
    }

    @Test
    void trainingOnMakesUpForThePruning() {
        MultiLayerNetwork network = dense(24);
        fit(network, 150);
        IterativePruning pruning = IterativePruning.keeping(0.15).withRounds(4);

        double retrained = pruning.prune(network, net -> fit(net, 50), IterativePruningTest::error)
                .stages()
                .get(4)
                .error();
        double cut = pruning.prune(network, net -> {}, IterativePruningTest::error)
                .stages()
                .get(4)
                .error();

        assertThat(retrained).isLessThan(cut);
    }

    @Test
    void thePrunedNetworkIsConvertedAndReducedToWhatItComputes() {
        MultiLayerNetwork network = dense(24);
        fit(network, 100);
        MultiLayerNetwork pruned = IterativePruning.keeping(0.05)
                .withScope(Pruning.Scope.WHOLE_MODEL)
                .prune(network, net -> fit(net, 20), IterativePruningTest::error)
                .stages()
                .get(5)
                .network();

        ImplicitNetwork implicit = NetworkConverter.standard().convert(pruned);
        Reduction reduction = Reducer.standard().reduce(implicit.model());

        INDArray expected = pruned.output(HELD_OUT.getFeatures());
        INDArray found =
                reduction.model().output(HELD_OUT.getFeatures().transpose()).transpose();
        assertThat(found.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-12);
        assertThat(ModelStructure.of(implicit.model()).nonzerosOfB()
                        + left(pruned.getLayer(1).getParam("W")))
                .isEqualTo(24);
        // 24 connections cannot keep 24 neurons busy that each need one that comes and one that goes.
        assertThat(reduction.after().states())
                .isLessThan(SparseModel.of(implicit.model()).states() - 11);
    }

    @Test
    void graphsArePrunedAndKeepTheirListeners() {
        ComputationGraph graph = new ComputationGraph(configuration()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(PIXELS).nOut(8).build(), "in")
                .addLayer("out", output(), "hidden")
                .setInputTypes(InputType.feedForward(PIXELS))
                .setOutputs("out")
                .build());
        graph.init();
        CollectScoresIterationListener scores = new CollectScoresIterationListener();
        List<Integer> rounds = new ArrayList<>();

        PruningPath<ComputationGraph> path = IterativePruning.keeping(0.5)
                .withRounds(2)
                .withListener((round, all) -> rounds.add(10 * round + all))
                .prune(
                        graph,
                        net -> {
                            net.addListeners(scores);
                            net.fit(DATA);
                        },
                        net -> net.score(HELD_OUT));

        assertThat(path.stages().get(2).weights()).isEqualTo((PIXELS * 8 + 8 * 4) / 2);
        assertThat(path.stages().get(2).network().getListeners()).isEmpty();
        assertThat(rounds).containsExactly(12, 22);
    }

    @Test
    void frozenLayersStay() {
        MultiLayerNetwork network = dense(8);
        MultiLayerNetwork frozen = new org.deeplearning4j.nn.transferlearning.TransferLearning.Builder(network)
                .setFeatureExtractor(0)
                .build();

        PruningPath.Stage<MultiLayerNetwork> pruned = IterativePruning.keeping(0.5)
                .prune(frozen, net -> fit(net, 1), IterativePruningTest::error)
                .stages()
                .get(5);

        assertThat(pruned.weights()).isEqualTo(8 * 4 / 2);
        assertThat(pruned.network().getLayer(0).getParam("W"))
                .isEqualTo(network.getLayer(0).getParam("W"));
    }

    @Test
    void theSmallestNetworkWithinAnErrorIsTheLastThatKeepsIt() {
        MultiLayerNetwork network = dense(2);
        PruningPath<MultiLayerNetwork> path = new PruningPath<>(List.of(
                new PruningPath.Stage<>(network, 40, 0.10),
                new PruningPath.Stage<>(network, 30, 0.12),
                new PruningPath.Stage<>(network, 20, 0.11),
                new PruningPath.Stage<>(network, 10, 0.30)));
        assertThat(path.smallestWithin(0.11).weights()).isEqualTo(20);
        assertThat(path.smallestWithin(0.09)).isSameAs(path.original());
    }
}
