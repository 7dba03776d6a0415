package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

        int code = convert(saved(network(64)), "--check", "digits", "--export", exported.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "On 359 test samples the outputs differ by ",
                        "The accuracy on these images is ",
                        "well-posed",
                        "triangular",
                        "layer0: 12");
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

        assertThat(convert(saved(graph), "--check", "digits"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("hidden: 12");
    }

    @Test
    void reduceTellsWhatLeft() throws IOException {
        MultiLayerNetwork network = network(64);
        network.getLayer(1).getParam("W").getRow(4).assign(0);

        int code = run("reduce", saved(network).toString(), "--report", results.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("unused", "-> ");
        assertThat(results.toFile().list()).containsExactlyInAnyOrder("reduction.md", "before.png", "after.png");
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
                "--report",
                results.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(results.toFile().list())
                .containsExactlyInAnyOrder("certified.md", "bounds.csv", "certified.png", "certified.csv", "radii.csv");
        assertThat(Files.readAllLines(results.resolve("certified.csv"))).hasSize(1 + 6);
    }

    /** Trains: about four seconds. */
    @Test
    void withoutAFileALeNetIsTrainedAndConverted() {
        int code = run("convert", "--data", "digits", "--epochs", "3", "--report", results.toString());

        assertThat(code).as(err.toString()).isZero();
        Matcher accuracies = Pattern.compile("accuracy on these images is ([\\d.]+) %, the network's ([\\d.]+) %")
                .matcher(out.toString());
        assertThat(accuracies.find()).as(out.toString()).isTrue();
        assertThat(accuracies.group(1)).isEqualTo(accuracies.group(2));
        assertThat(Double.parseDouble(accuracies.group(1))).isGreaterThan(50);
        Matcher difference =
                Pattern.compile("outputs differ by ([\\d.e-]+) of the largest").matcher(out.toString());
        assertThat(difference.find()).as(out.toString()).isTrue();
        assertThat(Double.parseDouble(difference.group(1))).isLessThan(1e-5);
        assertThat(results.toFile().list()).containsExactlyInAnyOrder("model.md", "sparsity.png");
    }

    @Test
    void aConvertedNetworkGoesFromFileToFile() throws IOException {
        MultiLayerNetwork network = network(64);
        network.getLayer(1).getParam("W").getRow(4).assign(0);
        Path whole = temporary.resolve("new/whole.zip");
        Path reduced = temporary.resolve("new/reduced.zip");

        assertThat(convert(saved(network), "--out", whole.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("reduce", whole.toString(), "--out", reduced.toString(), "--report", results.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run(
                        "certify",
                        reduced.toString(),
                        "--data",
                        "digits",
                        "--images",
                        "5",
                        "--report",
                        results.toString()))
                .as(err.toString())
                .isZero();

        ImplicitNetwork before = ImplicitNetwork.load(whole);
        ImplicitNetwork after = ImplicitNetwork.load(reduced);
        INDArray features = Nd4j.rand(3, 64);
        assertThat(after.model().states()).isLessThan(before.model().states());
        // Both are float, and add in another order.
        assertThat(after.output(features).distance2(network.output(features))).isLessThan(1e-6);
        assertThat(before.output(features).distance2(network.output(features))).isLessThan(1e-6);
    }

    @Test
    void whatIsImplicitAlreadyIsNotConverted() throws IOException {
        Path file = temporary.resolve("implicit.zip");
        SourceNetwork source = new SourceNetwork(network(64), List.of());
        source.convert().save(file);
        assertRefused(convert(file), "implicit.zip", "reduce and certify");
    }

    @Test
    void aDamagedImplicitFileIsRefused() throws IOException {
        Path file = temporary.resolve("implicit.zip");
        new SourceNetwork(network(64), List.of()).convert().save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(run("reduce", file.toString(), "--report", results.toString()), "implicit.zip", "damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "reduce", "certify"})
    void aTruncatedImplicitFileIsNotTakenForOneOfDl4j(String command) throws IOException {
        Path file = temporary.resolve("implicit.zip");
        new SourceNetwork(network(64), List.of()).convert().save(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                run(command, file.toString(), "--report", results.toString()),
                "implicit model in",
                "implicit.zip",
                "truncated");
        assertThat(err.toString()).doesNotContain("Deeplearning4j");
    }

    @Test
    void aZipThatIsNoModelIsRefused() throws IOException {
        Path file = temporary.resolve("photos.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("photo.jpg"));
        }
        assertRefused(convert(file), "photos.zip", "configuration.json");
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
    void parametersThatEndTooEarlyAreSaidToWithoutNamesOfClasses() throws IOException {
        Path whole = saved(network(64));
        Path file = temporary.resolve("short.zip");
        try (ZipFile source = new ZipFile(whole.toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(source.entries())) {
                byte[] bytes = source.getInputStream(entry).readAllBytes();
                boolean parameters = entry.getName().equals("coefficients.bin");
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(bytes, 0, parameters ? bytes.length / 2 : bytes.length);
            }
        }
        assertRefused(convert(file), "short.zip", "damaged or truncated (it ends too early)");
        assertThat(err.toString()).doesNotContain("Exception", "java.");
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
    @ValueSource(strings = {"convert", "reduce", "certify"})
    void helpNamesTheModelAndTheFiles(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("MODEL", "--input-type", "Files, in DIR:");
    }
}
