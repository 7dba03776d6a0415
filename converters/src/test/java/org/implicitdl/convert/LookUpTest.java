package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is gathered by indices is what the model makes of one-hot inputs, to the last bit. */
class LookUpTest {
    private static final int WORDS = 23;
    private static final int STEPS = 5;

    @TempDir
    private Path folder;

    private static INDArray indices(int samples, int points, int words) {
        double[] drawn = new Random(3)
                .ints((long) samples * points, 0, words)
                .asDoubleStream()
                .toArray();
        return Nd4j.createFromArray(drawn).reshape(samples, points);
    }

    private static EmbeddingSequenceLayer words(int vocabulary) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(vocabulary)
                .nOut(6)
                .hasBias(true)
                .activation(Activation.TANH)
                .build();
    }

    private static MultiLayerNetwork text(int vocabulary, DataType type) {
        return RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(type)
                .list()
                .layer(words(vocabulary))
                .layer(new LSTM.Builder()
                        .nIn(6)
                        .nOut(4)
                        .dataFormat(RNNFormat.NCW)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(RNNFormat.NCW)
                        .build()));
    }

    private static ImplicitNetwork convert(MultiLayerNetwork network) {
        return NetworkConverter.standard().withSequenceLength(STEPS).convert(network);
    }

    /** The columns of the model's outputs for one-hot inputs, in DL4J's shape. */
    private static INDArray byOneHot(ImplicitNetwork network, INDArray... features) {
        return network.outputs().get(0).rows(network.model().output(network.columns(features)));
    }

    private static Feed feed(ImplicitNetwork network) {
        return Feed.of(network.model(), network.inputs(), network.dataType());
    }

    @Test
    void ofSequencesAsSavedAndLoaded() throws IOException {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            ImplicitNetwork network = convert(text(WORDS, type));
            INDArray text = indices(7, STEPS, WORDS);
            assertThat(feed(network).model().inputs()).isEqualTo(6 * STEPS);
            assertThat(network.output(text)).isEqualTo(byOneHot(network, text));
            Path file = folder.resolve(type + ".zip");
            network.save(file);
            ImplicitNetwork loaded = ImplicitNetwork.load(file);
            assertThat(feed(loaded).model().inputs()).isEqualTo(6 * STEPS);
            assertThat(loaded.output(text)).isEqualTo(network.output(text));
        }
    }

    @Test
    void ofRowsWithTheScoreAndTheStates() {
        MultiLayerNetwork network = RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new EmbeddingLayer.Builder()
                        .nIn(WORDS)
                        .nOut(4)
                        .hasBias(true)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build()));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        INDArray rows = indices(9, 1, WORDS);
        assertThat(feed(implicit).model().inputs()).isEqualTo(4);
        assertThat(implicit.output(rows)).isEqualTo(byOneHot(implicit, rows));
        ConversionTest.assertEqual(implicit.output(rows), network.output(rows));
        ConversionTest.assertEqual(
                implicit.states(rows).get("layer0"), network.feedForward(rows).get(1));
        DataSet data = new DataSet(rows, network.output(rows));
        assertThat(implicit.score(data)).isCloseTo(network.score(data), within(1e-12));
    }

    @Test
    void besideFeaturesAndByTwoEmbeddings() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("features", "word")
                .addLayer("one", new EmbeddingLayer.Builder().nIn(WORDS).nOut(3).build(), "word")
                .addLayer(
                        "other", new EmbeddingLayer.Builder().nIn(WORDS).nOut(2).build(), "word")
                .addLayer("dense", new DenseLayer.Builder().nIn(4).nOut(3).build(), "features")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(8)
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        "one",
                        "dense",
                        "other")
                .setOutputs("out")
                .build());
        graph.init();
        ImplicitNetwork implicit =
                NetworkConverter.standard().convert(graph, InputType.feedForward(4), InputType.feedForward(WORDS));
        INDArray features = RandomNetworks.normal(2, 6, 4, DataType.DOUBLE);
        INDArray word = indices(6, 1, WORDS);
        assertThat(feed(implicit).model().inputs()).isEqualTo(4 + 3 + 2);
        assertThat(implicit.output(features, word)).isEqualTo(byOneHot(implicit, features, word));
        ConversionTest.assertEqual(implicit.output(features, word), graph.outputSingle(features, word));
    }

    @Test
    void aLargeVocabularyTakesNoMoreThanItsRows() {
        int large = 500_000;
        // One-hot, these samples would take 40 GB.
        ImplicitNetwork network = convert(text(large, DataType.FLOAT));
        assertThat(network.output(indices(4000, STEPS, large)).size(0)).isEqualTo(4000);
    }
}
