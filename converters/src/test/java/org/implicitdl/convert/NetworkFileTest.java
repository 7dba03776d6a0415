package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.compress.Compression;
import org.implicitdl.convert.compress.LowRank;
import org.implicitdl.convert.compress.Pruning;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.file.ModelFile;
import org.implicitdl.file.ModelFileException;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A network that is read computes what the one that was written computes, to the last bit. */
class NetworkFileTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("network.zip");
    }

    private ImplicitNetwork stored(ImplicitNetwork network) {
        network.save(file());
        return ImplicitNetwork.load(file());
    }

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    private static DataType type(long seed) {
        return seed % 2 == 0 ? DataType.FLOAT : DataType.DOUBLE;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rowsAreComputedAlike(long seed) {
        MultiLayerNetwork network = RandomNetworks.any(seed, 1 + (int) seed % 5, type(seed));
        assertSame(NetworkConverter.standard().convert(network), RandomNetworks.features(seed, 7, network));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void imagesAreComputedAlike(long seed) {
        RandomImageNetworks.Drawn drawn = RandomImageNetworks.any(seed, type(seed));
        assertSame(
                NetworkConverter.standard().convert(drawn.network(), drawn.input()),
                RandomImageNetworks.features(seed, drawn.input(), 3, type(seed)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sequencesAreComputedAlike(long seed) {
        RandomImageNetworks.Drawn drawn = RandomSequenceNetworks.any(seed, type(seed));
        assertSame(
                NetworkConverter.standard().convert(drawn.network(), drawn.input()),
                RandomImageNetworks.features(seed, drawn.input(), 3, type(seed)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void graphsAreComputedAlike(long seed) {
        RandomGraphs.Drawn drawn = RandomGraphs.any(seed, type(seed));
        assertSame(
                NetworkConverter.standard().convert(drawn.graph(), drawn.inputs()),
                drawn.features(seed, 3, type(seed)));
    }

    private void assertSame(ImplicitNetwork written, INDArray... features) {
        ImplicitNetwork read = stored(written);

        assertThat(read.outputs(features)).isEqualTo(written.outputs(features));
        Map<String, INDArray> states = written.states(features);
        assertThat(read.states(features)).isEqualTo(states);
        assertThat(List.copyOf(read.states(features).keySet())).isEqualTo(List.copyOf(states.keySet()));
        assertThat(read.summary()).isEqualTo(written.summary());
        INDArray u = written.columns(features);
        assertThat(read.preOutput().output(u)).isEqualTo(written.preOutput().output(u));
        assertThat(read.dataType()).isEqualTo(written.dataType());
    }

    @Test
    void theStepsOfASequenceShareTheirWeightsInTheFileToo() throws IOException {
        MultiLayerNetwork network = RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(5)
                .list()
                .layer(new LSTM.Builder().nIn(8).nOut(24).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(24)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build()));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network, InputType.recurrent(8, 20));
        ImplicitNetwork read = stored(implicit);

        try (var zip = new ZipFile(file().toFile())) {
            long stored = zip.getEntry("weights.bin").getSize();
            // All weights of DL4J's network, and some of them in two forms for the two models.
            assertThat(stored).isBetween(4 * network.numParams(), 2 * 4 * network.numParams());
        }
        assertThat(read.model().parameterCount())
                .isEqualTo(implicit.model().parameterCount())
                .isGreaterThan(10 * network.numParams());
    }

    @ParameterizedTest
    @EnumSource(
            value = LossFunction.class,
            names = {"MSE", "L1", "MCXENT", "XENT", "KL_DIVERGENCE", "POISSON", "HINGE", "COSINE_PROXIMITY"})
    void theScoreIsKept(LossFunction loss) {
        MultiLayerNetwork network = ending(new OutputLayer.Builder(loss));
        DataSet data = new DataSet(RandomNetworks.features(1, 5, network), RandomNetworks.features(2, 5, network));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        double score = implicit.score(data);
        assertThat(score).isFinite();
        assertThat(stored(implicit).score(data)).isEqualTo(score);
    }

    private static MultiLayerNetwork ending(OutputLayer.Builder output) {
        return RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .seed(3)
                .l2(0.01)
                .list()
                .validateOutputLayerConfig(false)
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build())
                .layer(output.nIn(6).nOut(4).activation(Activation.SIGMOID).build()));
    }

    @Test
    void reducedAndCompressedNetworksAreKept() {
        MultiLayerNetwork network = ending(new OutputLayer.Builder(LossFunction.MSE));
        network.getLayer(1).getParam("W").getRow(2).assign(0);
        ImplicitNetwork whole = NetworkConverter.standard().convert(network);
        INDArray features = RandomNetworks.features(4, 5, network);
        DataSet data = new DataSet(features, features);

        ImplicitNetwork reduced = whole.withModels(reduced(whole.model()), reduced(whole.preOutput()));
        assertThat(reduced.model().states()).isLessThan(whole.model().states());
        ConversionTest.assertEqual(reduced.output(features), whole.output(features));
        for (ImplicitNetwork nameless : new ImplicitNetwork[] {reduced, stored(reduced)}) {
            assertThatThrownBy(() -> nameless.states(features))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("not known", "reduced", "before withModels", "model().state");
            assertThat(nameless.summary()).contains("layers, first to last: not known");
        }
        assertThat(stored(reduced).output(features)).isEqualTo(reduced.output(features));
        assertThat(stored(reduced).score(data)).isEqualTo(reduced.score(data));
        for (Compression compression : new Compression[] {Pruning.keeping(0.5), LowRank.ofRank(2)}) {
            ImplicitNetwork small =
                    whole.withModels(compression.apply(whole.model()), compression.apply(whole.preOutput()));
            assertThat(small.output(features)).isNotEqualTo(whole.output(features));
            assertThat(stored(small).output(features)).isEqualTo(small.output(features));
        }
    }

    private static ImplicitModel reduced(ImplicitModel model) {
        return Reducer.standard().reduce(model).model();
    }

    @Test
    void aReadNetworkGoesBackToDl4j() {
        MultiLayerNetwork network = ending(new OutputLayer.Builder(LossFunction.MSE));
        INDArray features = RandomNetworks.features(4, 5, network);
        MultiLayerNetwork layer =
                stored(NetworkConverter.standard().convert(network)).toMultiLayerNetwork();
        ConversionTest.assertEqual(layer.output(features), network.output(features));
    }

    @Test
    void theModelOfANetworksFileCanBeReadAlone() {
        MultiLayerNetwork network = ending(new OutputLayer.Builder(LossFunction.MSE));
        ImplicitNetwork implicit = NetworkConverter.standard().convert(network);
        implicit.save(file());
        INDArray u = implicit.columns(RandomNetworks.features(4, 5, network));
        assertThat(ModelFile.load(file()).output(u)).isEqualTo(implicit.model().output(u));
    }

    @Test
    void aFileOfAModelAloneIsNoNetwork() {
        ModelFile.save(
                NetworkConverter.standard()
                        .convert(ending(new OutputLayer.Builder(LossFunction.MSE)))
                        .model(),
                file());
        assertThatThrownBy(() -> ImplicitNetwork.load(file()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContainingAll("network.zip", "ModelFile.load");
    }

    @Test
    void aZipOfDl4jIsNoImplicitNetwork() throws IOException {
        ending(new OutputLayer.Builder(LossFunction.MSE)).save(file().toFile());
        assertThatThrownBy(() -> ImplicitNetwork.load(file()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContainingAll("network.zip", "holds no implicit model");
    }

    /** Jackson finds no way to make one. */
    private static final class Scaled extends LossMSE {
        private static final long serialVersionUID = 1L;

        Scaled(double factor) {
            super(Nd4j.valueArrayOf(new long[] {4}, factor));
        }
    }

    @Test
    void aLossThatTheUserWroteIsRefused() {
        ImplicitNetwork implicit = NetworkConverter.standard().convert(ending(new OutputLayer.Builder(new Scaled(2))));
        assertThatThrownBy(() -> implicit.save(file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("loss", "cannot be stored", "ModelFile.save");
        assertThat(Files.exists(file())).isFalse();
    }

    @Test
    void modelsOfOtherSizesAreRefused() {
        ImplicitNetwork implicit =
                NetworkConverter.standard().convert(ending(new OutputLayer.Builder(LossFunction.MSE)));
        ImplicitModel other = implicit.model().beside(implicit.model());
        assertThatThrownBy(() -> implicit.withModels(other, implicit.preOutput()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("4 inputs", "it has 8");
    }
}
