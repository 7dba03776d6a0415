package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What {@code implicit convert} is told of a network's inputs, and the tables on which it compares. */
class ConvertInputsTest {
    private Terminal terminal;

    @TempDir
    private Path temporary;

    @BeforeEach
    void open() {
        terminal = new Terminal(temporary);
    }

    private static MultiLayerNetwork network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(3).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork rows(int inputs) {
        return network(new DenseLayer.Builder().nIn(inputs).nOut(4).build(), output(4, 10));
    }

    private static MultiLayerNetwork sequences() {
        return network(new LSTM.Builder().nIn(2).nOut(3).build(), new RnnLossLayer.Builder(LossFunction.MSE).build());
    }

    private static OutputLayer output(int in, int out) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(in)
                .nOut(out)
                .activation(Activation.TANH)
                .build();
    }

    /** A sequence of two features, a row of three, and the index of one of seven words. */
    private static ComputationGraph threeInputs() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("sequence", "row", "word")
                .addLayer(
                        "last",
                        new LastTimeStep(new LSTM.Builder().nIn(2).nOut(4).build()),
                        "sequence")
                .addLayer("meaning", new EmbeddingLayer.Builder().nIn(7).nOut(5).build(), "word")
                .addVertex("all", new MergeVertex(), "last", "row", "meaning")
                .addLayer("out", output(12, 10), "all")
                .addLayer("more", output(12, 1), "all")
                .setOutputs("out", "more")
                .build());
        graph.init();
        return graph;
    }

    private String table(String lines) throws IOException {
        return Files.writeString(temporary.resolve("samples.csv"), lines).toString();
    }

    private void assertCompared(int code, int samples) {
        terminal.assertDone(code, "outputs differ by");
        Matcher difference = Pattern.compile("On " + samples + " test samples the outputs differ by ([\\d.e-]+) of")
                .matcher(terminal.out());
        assertThat(difference.find()).as(terminal.out()).isTrue();
        assertThat(Double.parseDouble(difference.group(1))).isLessThan(1e-5);
    }

    @Test
    void rowsAreComparedOnATable() throws IOException {
        assertCompared(terminal.convert(rows(3), "--check", table("1, 2,3\n\n-1,0.5,1e-3\n")), 2);
    }

    @Test
    void sequencesAreComparedOnATable() throws IOException {
        String table = table("1,2,3,4,5,6\n6,5,4,3,2,1\n");
        assertCompared(terminal.convert(sequences(), "--input-type", "2@3", "--check", table), 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2@3,3,7", "2@3 --input-type 3 --input-type 7"})
    void severalInputsAndOutputsAreComparedOnOneTable(String types) throws IOException {
        String table = table("1,2,3,4,5,6,-1,-2,-3,6\n6,5,4,3,2,1,0.1,0.2,0.3,0\n");
        assertCompared(terminal.convert(threeInputs(), ("--check " + table + " --input-type " + types).split(" ")), 2);
    }

    @ParameterizedTest
    @CsvSource({"NCDHW, 3x4x5x2", "NDHWC, 3x4x5x2:ndhwc"})
    void volumesAreComparedOnATable(Convolution3D.DataFormat format, String type) throws IOException {
        MultiLayerNetwork network = network(
                new Convolution3D.Builder(2, 2, 2)
                        .nIn(2)
                        .nOut(3)
                        .dataFormat(format)
                        .build(),
                new Cnn3DLossLayer.Builder(format)
                        .lossFunction(LossFunction.MSE)
                        .activation(Activation.SIGMOID)
                        .build());
        String numbers = IntStream.range(0, 3 * 4 * 5 * 2)
                .mapToObj(i -> String.valueOf(Math.sin(i)))
                .collect(Collectors.joining(","));
        assertCompared(terminal.convert(network, "--input-type", type, "--check", table(numbers + "\n")), 1);
    }

    @Test
    void aTableOfOtherSequencesIsRefused() throws IOException {
        terminal.assertRefused(
                terminal.convert(sequences(), "--input-type", "2@2", "--check", table("1,2,3,4,5,6\n6,5,4,3,2,1\n")),
                "[samples, 4] for 2 channels on a grid [2]",
                "[2, 6]",
                "--input-type");
    }

    @Test
    void aTableThatDoesNotFitSeveralInputsIsRefusedWithTheirShapes() throws IOException {
        terminal.assertRefused(
                terminal.convert(threeInputs(), "--input-type", "2@3,3,7", "--check", table("1,2,3\n")),
                "[samples, 10] for 2 channels on a grid [3] and 3 features and 1 indices",
                "[1, 3]");
    }

    @Test
    void imagesOfAnotherSizeAreRefused() throws IOException {
        terminal.assertRefused(
                terminal.convert(rows(50), "--check", "digits"),
                "[samples, 50] for 50 features",
                "64]",
                "--input-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3\n1,2\n", "a,b,c\n1,x,3\n", "1,,3\n", "1,2,NaN\n", "\n"})
    void aTableThatIsNoneIsRefused(String text) throws IOException {
        terminal.assertRefused(terminal.convert(rows(3), "--check", table(text)), "samples.csv");
    }

    @Test
    void theTableIsLookedAtBeforeTheNetwork() throws IOException {
        Path network = temporary.resolve("none.zip");
        terminal.assertRefused(terminal.convert(network, "--check", table("1,,3\n")), "samples.csv");
    }

    @Test
    void aFolderIsCalledAFolder() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("models.csv"));
        terminal.assertRefused(terminal.convert(folder), "'" + folder + "' is a folder", "name a file in it");
    }

    @Test
    void aFolderInPlaceOfATableIsCalledAFolder() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("tables.csv"));
        terminal.assertRefused(terminal.convert(rows(3), "--check", folder.toString()), "'" + folder + "' is a folder");
    }

    @Test
    void whatCannotBeExportedIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path out = temporary.resolve("implicit.zip");
        Path export = temporary.resolve("layer.zip");
        terminal.assertRefused(
                terminal.convert(
                        threeInputs(),
                        "--input-type",
                        "2@3,3,7",
                        "--out",
                        out.toString(),
                        "--export",
                        export.toString()),
                "input");
        assertThat(terminal.out()).isEmpty();
        assertThat(out).doesNotExist();
        assertThat(export).doesNotExist();
    }

    @Test
    void progressIsShown() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            terminal.assertDone(terminal.convert(rows(3)), "wrote ");
        } finally {
            System.setErr(before);
        }
        assertThat(lines.toString(StandardCharsets.UTF_8)).contains("convert: 1 of 2", "convert: 2 of 2", "structure");
    }

    @Test
    void aMissingTableIsNamed() throws IOException {
        String table = temporary.resolve("none.csv").toString();
        terminal.assertRefused(terminal.convert(rows(3), "--check", table), table);
    }

    @Test
    void fewerInputTypesThanInputsAreRefused() throws IOException {
        terminal.assertRefused(
                terminal.convert(threeInputs(), "--input-type", "2@3,3"), "[sequence, row, word]", "2 input types");
    }

    @Test
    void moreInputTypesThanInputsAreRefused() throws IOException {
        terminal.assertRefused(terminal.convert(rows(3), "--input-type", "3,3"), "one input", "2 input types");
    }

    @Test
    void oneInputTypeIsNotCalledTypes() throws IOException {
        terminal.assertRefused(
                terminal.convert(threeInputs(), "--input-type", "3"),
                "[sequence, row, word], but 1 input type was given; give one for each");
    }

    @Test
    void aSequenceOfUnknownLengthIsAnsweredWithTheOptionThatTellsIt() throws IOException {
        terminal.assertRefused(terminal.convert(sequences()), "leaves a size open", "--input-type", "16@50");
        assertThat(terminal.err()).doesNotContain("InputType.recurrent", "withSequenceLength");
    }

    @Test
    void sizesThatNoArrayHoldsAreRefused() throws IOException {
        MultiLayerNetwork network = network(
                new ConvolutionLayer.Builder(2, 2).nIn(3).nOut(2).build(),
                new CnnLossLayer.Builder(LossFunction.MSE).build());
        terminal.assertRefused(
                terminal.convert(network, "--input-type", "999999x999999x3"), "[999999, 999999]", "smaller sizes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"28x", "0", "28x28", "3@0", "images"})
    void wrongInputTypesAreWrongUsage(String type) {
        assertThat(terminal.run("convert", "--input-type", "3," + type)).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("--input-type", type);
    }
}
