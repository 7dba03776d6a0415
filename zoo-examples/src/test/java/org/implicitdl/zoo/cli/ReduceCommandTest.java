package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.structure.InputBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What {@code implicit reduce} writes, for which inputs it holds, and what certify makes of it. */
class ReduceCommandTest {
    private static final int PIXELS = 64;

    private final Console console = new Console();
    private final MultiLayerNetwork network = network();

    @TempDir
    private Path temporary;

    private Path results;

    @BeforeEach
    void nameTheFolder() {
        results = temporary.resolve("results");
    }

    /** Two hidden units are 0 for inputs that are not negative, another one has no influence. */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(PIXELS)
                        .nOut(12)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(12)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        INDArray w = network.getLayer(0).getParam("W");
        for (int unit = 0; unit < 2; unit++) {
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                w.putScalar(pixel, unit, -Math.abs(w.getDouble(pixel, unit)));
            }
        }
        network.getLayer(1).getParam("W").getRow(4).assign(0);
        return network;
    }

    private Path converted() throws IOException {
        Path original = temporary.resolve("network.zip");
        Path file = temporary.resolve("whole.zip");
        network.save(original.toFile());
        String[] arguments = {"convert", original.toString(), "--out", file.toString(), "--report", folder("convert")};
        console.succeed(arguments);
        return file;
    }

    private String folder(String name) {
        return results.resolve(name).toString();
    }

    private String[] reduce(Path from, Path to, String... more) {
        return Stream.concat(
                        Stream.of(
                                "reduce",
                                from.toString(),
                                "--out",
                                to.toString(),
                                "--report",
                                folder(to.getFileName() + "-report")),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private String[] certify(Path file) {
        return new String[] {
            "certify", file.toString(), "--data", "digits", "--images", "5", "--report", folder("certify")
        };
    }

    private double difference(Path file, INDArray features) {
        return ImplicitNetwork.load(file).output(features).distance2(network.output(features));
    }

    @Test
    void withoutABoxTheOutputsStayForInputsOfAnySize() throws IOException {
        Path small = temporary.resolve("small.zip");

        String text = console.succeed(reduce(converted(), small));

        assertThat(text).contains("unused", "the same outputs for inputs of any size");
        assertThat(ImplicitNetwork.load(small).domain().isEverything()).isTrue();
        // Both are float, and add in another order.
        assertThat(difference(small, Nd4j.randn(20, PIXELS).muli(3))).isLessThan(1e-5);
    }

    @Test
    void aNewcomerConvertsReducesForPixelsAndCertifies() throws IOException {
        Path whole = converted();
        Path small = temporary.resolve("new/small.zip");

        String text = console.succeed(reduce(whole, small, "--low", "0", "--high", "1"));

        assertThat(text).contains("bounded", "the same outputs for all 64 inputs in [0, 1]");
        assertThat(results.resolve("small.zip-report/reduction.md")).content().contains("all 64 inputs in [0, 1]");
        ImplicitNetwork read = ImplicitNetwork.load(small);
        assertThat(read.domain()).isEqualTo(InputBox.of(PIXELS, 0, 1));
        assertThat(read.model().states())
                .isLessThanOrEqualTo(ImplicitNetwork.load(whole).model().states() - 3);
        assertThat(difference(small, Nd4j.rand(20, PIXELS))).isLessThan(1e-6);
        assertThat(difference(small, Nd4j.rand(20, PIXELS).subi(2))).isGreaterThan(1e-2);
        assertThat(console.succeed(certify(small))).contains("reduced for all 64 inputs in [0, 1]");
        assertThat(results.resolve("certify/certified.md")).content().contains("reduced for all 64 inputs in [0, 1]");
    }

    @Test
    void whatWasReducedForFewerInputsThanPixelsCanBeIsNotCertified() throws IOException {
        Path small = temporary.resolve("small.zip");
        console.succeed(reduce(converted(), small, "--low", "0.2", "--high", "0.8"));

        assertThat(console.fail(certify(small))).contains("[0.2, 0.8]", "[0, 1]", "--low and --high");
        assertThat(results.resolve("certify")).doesNotExist();
    }

    @Test
    void reducingAgainIntersectsTheBoxes() throws IOException {
        Path once = temporary.resolve("once.zip");
        Path twice = temporary.resolve("twice.zip");
        console.succeed(reduce(converted(), once, "--low", "0"));

        String text = console.succeed(reduce(once, twice, "--low", "-1", "--high", "1"));

        assertThat(text).contains("reduced before, for all 64 inputs in [0, Infinity]", "all 64 inputs in [0, 1]");
        assertThat(ImplicitNetwork.load(twice).domain()).isEqualTo(InputBox.of(PIXELS, 0, 1));
        assertThat(console.fail(reduce(once, twice, "--high", "-1"))).contains("[0, Infinity]", "[-Infinity, -1]");
    }

    @Test
    void theHelpTellsForWhichInputsTheOutputsStay() {
        assertThat(console.succeed("reduce", "--help").replaceAll("\\s+", " "))
                .contains("--low", "inputs of any size", "intersected");
    }

    @Test
    void endsInTheWrongOrderAreWrongUsage() {
        assertThat(console.misuse("reduce", "--low", "1", "--high", "0")).contains("--low", "--high");
    }

    @Test
    void anEndThatIsNoNumberIsNamedAlone() {
        assertThat(console.misuse("reduce", "--low", "NaN"))
                .contains("--low must be a number", "NaN")
                .doesNotContain("--high");
        assertThat(console.misuse("reduce", "--high", "NaN"))
                .contains("--high must be a number", "NaN")
                .doesNotContain("--low");
    }

    @Test
    void aPlaceWhereNoFileCanBeIsRefusedBeforeAnythingIsDone() throws IOException {
        Path whole = converted();
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        for (String[] command : List.of(
                reduce(whole, folder),
                new String[] {"convert", "none.zip", "--out", folder.toString()},
                new String[] {"convert", "none.zip", "--export", folder.toString()})) {
            assertThat(console.fail(command)).contains("'" + folder + "'", "is a folder", "name a file");
        }
        assertThat(console.fail(reduce(whole, whole.resolve("small.zip")))).contains("'" + whole + "' is a file");
        assertThat(results.toFile().list()).containsExactly("convert");
        assertThat(console.fail("certify", "none.zip", "--report", whole.toString()))
                .contains("'" + whole + "' is a file");
        assertThat(console.misuse(
                        "reduce", "none.zip", "--out", results.toString(), "--report", results.toString() + "/new"))
                .contains("--out", "is for a file", "--report");
    }

    @Test
    void aModelThatIsTooLargeIsRefusedByItsSizeAndNothingIsWritten() throws IOException {
        MultiLayerNetwork large = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(8)
                        .activation(Activation.RELU)
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(1024, 1024, 1))
                .build());
        large.init();
        Path file = temporary.resolve("large.zip");
        large.save(file.toFile());

        // 8 images of 1022 by 1022 pixels, each of 9 connections and one to the outputs.
        assertThat(console.fail(reduce(file, temporary.resolve("small.zip"), "--input-type", "1024x1024x1")))
                .contains("8,355,872 states", "83,558,720 connections", "up to 67,108,864", "smaller inputs");
        assertThat(results).doesNotExist();
    }

    @Test
    void aFolderIsMadeForAFileOnlyWhenThereIsOne() {
        Path file = temporary.resolve("new/small.zip");
        assertThat(console.fail(reduce(temporary.resolve("none.zip"), file))).contains("none.zip");
        assertThat(file.getParent()).doesNotExist();
        assertThat(results).doesNotExist();
    }
}
