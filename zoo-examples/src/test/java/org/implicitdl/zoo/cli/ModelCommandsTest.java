package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.zoo.convert.RobustnessReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The commands about networks in files. */
class ModelCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private Path results;

    @BeforeEach
    void nameTheFolder() {
        results = temporary.resolve("results");
    }

    private int run(String... args) {
        return CommandLineRunner.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int convert(Path model, String... more) {
        return run(
                Stream.concat(Stream.of("convert", model.toString(), "--report", results.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static NeuralNetConfiguration.Builder configuration() {
        return new NeuralNetConfiguration.Builder().seed(3);
    }

    private static DenseLayer dense(int in) {
        return new DenseLayer.Builder()
                .nIn(in)
                .nOut(12)
                .activation(Activation.RELU)
                .build();
    }

    private static OutputLayer softmax() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(12)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork network(int inputs) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                configuration().list().layer(dense(inputs)).layer(softmax()).build());
        network.init();
        return network;
    }

    private Path saved(Model network) throws IOException {
        Path file = temporary.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        return file;
    }

    private void assertRefused(int code, String... parts) {
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(parts);
        assertThat(results).doesNotExist();
    }

    @Test
    void convertComparesWritesAndExports() throws IOException {
        Path exported = temporary.resolve("new/layer.zip");

        int code = convert(saved(network(64)), "--data", "digits", "--check", "--export", exported.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("On 359 test images the outputs differ by ", "well-posed", "triangular", "layer0: 12");
        assertThat(results.toFile().list()).containsExactlyInAnyOrder("model.md", "sparsity.png");
        assertThat(MultiLayerNetwork.load(exported.toFile(), false)
                        .getLayer(0)
                        .getParam("A")
                        .shape())
                .containsExactly(12, 12);
    }

    @Test
    void convertTakesGraphs() throws IOException {
        ComputationGraph graph = new ComputationGraph(configuration()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", dense(64), "in")
                .addLayer("out", softmax(), "hidden")
                .setOutputs("out")
                .build());
        graph.init();

        assertThat(convert(saved(graph), "--data", "digits", "--check"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("hidden: 12");
    }

    @Test
    void reduceTellsWhatLeft() throws IOException {
        MultiLayerNetwork network = network(64);
        network.getLayer(1).getParam("W").getRow(4).assign(0);

        int code = run("reduce", saved(network).toString(), "--out", results.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("unused", "-> ");
        assertThat(results.toFile().list()).containsExactlyInAnyOrder("reduction.md", "before.png", "after.png");
    }

    @Test
    void reducePrunesAndTrainsOnIfAskedTo() throws IOException {
        MultiLayerNetwork network = network(64);
        network.setLearningRate(0.1);

        int code = run(
                "reduce",
                saved(network).toString(),
                "--data",
                "digits",
                "--keep",
                "0.3",
                "--rounds",
                "2",
                "--epochs",
                "5",
                // The last round is chosen, whatever its error.
                "--loss",
                "1",
                "--out",
                results.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(results.toFile().list())
                .containsExactlyInAnyOrder(
                        "reduction.md",
                        "before.png",
                        "after.png",
                        "pruned.zip",
                        "pruning.png",
                        "pruning.csv",
                        "pruning.md");
        List<String> rounds = Files.readAllLines(results.resolve("pruning.csv"));
        // 64 inputs, 12 hidden neurons and 10 outputs: 768 + 120 weights, of which 231 + 36 stay.
        assertThat(rounds).hasSize(5);
        assertThat(rounds.get(2)).startsWith("0,888,");
        assertThat(rounds.get(4)).startsWith("2,267,");
        double untrained =
                Double.parseDouble(rounds.get(2).substring(rounds.get(2).lastIndexOf(',') + 1));
        double pruned = Double.parseDouble(rounds.get(4).substring(rounds.get(4).lastIndexOf(',') + 1));
        assertThat(pruned).isLessThan(untrained / 2);
        INDArray kept = MultiLayerNetwork.load(results.resolve("pruned.zip").toFile(), false)
                .getLayer(0)
                .getParam("W");
        assertThat(kept.neq(0).castTo(DataType.INT64).sumNumber().longValue()).isEqualTo(231);
    }

    @Test
    void certifyWritesTheCurve() throws IOException {
        int code = run(
                "certify",
                saved(network(64)).toString(),
                "--data",
                "digits",
                "--images",
                "25",
                "--box",
                "0.02",
                "--out",
                results.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(RobustnessReport.FILES);
        assertThat(Files.readAllLines(results.resolve("certified.csv"))).hasSize(1 + 6);
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = temporary.resolve("none.zip");
        assertRefused(convert(file), file.toString());
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        assertRefused(
                convert(Files.writeString(temporary.resolve("notes.txt"), "no network")), "notes.txt", "no model");
    }

    @Test
    void aTruncatedZipIsRefused() throws IOException {
        Path file = saved(network(64));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(convert(file), "network.zip", "truncated");
    }

    @Test
    void aDamagedKerasFileIsRefused() throws IOException {
        byte[] start = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 1, 2, 3};
        assertRefused(convert(Files.write(temporary.resolve("model.h5"), start)), "model.h5", "Keras");
    }

    @Test
    void weightsThatAreNotNumbersAreRefused() throws IOException {
        MultiLayerNetwork network = network(64);
        network.getLayer(0).getParam("W").putScalar(0, Float.NaN);
        assertRefused(convert(saved(network)), "NaN");
    }

    @Test
    void featuresOfAnotherShapeAreRefused() throws IOException {
        assertRefused(convert(saved(network(50)), "--data", "digits", "--check"), "64 pixels", "50", "--data");
    }

    @Test
    void aVertexWithoutAnImplicitFormIsNamed() throws IOException {
        ComputationGraph graph = new ComputationGraph(configuration()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", dense(64), "in")
                .addVertex("scaled", new L2NormalizeVertex(), "hidden")
                .addLayer("out", softmax(), "scaled")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(64))
                .build());
        graph.init();
        assertRefused(convert(saved(graph)), "scaled", "L2NormalizeVertex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"28x", "0", "28x28", "3@0", "images"})
    void wrongInputTypesAreWrongUsage(String type) {
        assertThat(run("convert", "--input-type", type)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("--input-type", type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "reduce", "certify"})
    void helpNamesTheModelAndTheFiles(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("MODEL", "--input-type", "Files, in DIR:");
    }
}
