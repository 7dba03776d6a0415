package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What {@code implicit certify} proves of networks on tables. */
class CertifyCommandTest {
    private static final double SIGMA = 0.25;

    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private static OutputLayer output(int in, int out, Activation activation) {
        return new OutputLayer.Builder(activation == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .build();
    }

    /** ŷ = W₂ᵀ ReLU(W₁ᵀu + b₁), with a softmax or without. */
    private static MultiLayerNetwork network(Activation last, double[][] w1, double b1, double[][] w2) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(w1.length)
                        .nOut(w1[0].length)
                        .activation(Activation.RELU)
                        .build())
                .layer(output(w2.length, w2[0].length, last))
                .build());
        network.init();
        network.getLayer(0).getParam("W").assign(Nd4j.create(w1));
        network.getLayer(0).getParam("b").assign(b1);
        network.getLayer(1).getParam("W").assign(Nd4j.create(w2));
        network.getLayer(1).getParam("b").assign(0);
        return network;
    }

    /** The classes are the signs of u₀ − u₁: near the samples below, every unit is active. */
    private static MultiLayerNetwork classifier() {
        return network(Activation.SOFTMAX, new double[][] {{1, 0}, {0, 1}}, 10, new double[][] {{1, 0}, {0, 1}});
    }

    private Path saved(Model network) throws IOException {
        Path file = temporary.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), false);
        return file;
    }

    private String[] certify(Path model, String table, String... more) throws IOException {
        Path data = Files.writeString(temporary.resolve("d.csv"), table);
        return Stream.concat(
                        Stream.of(
                                "certify",
                                model.toString(),
                                "--data",
                                data.toString(),
                                "--box",
                                String.valueOf(SIGMA),
                                "--report",
                                results().toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Path results() {
        return temporary.resolve("results");
    }

    private double[][] read(String file) throws IOException {
        return Files.readAllLines(results().resolve(file)).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void theBoundsAndConstantsOfARegressionAreThoseOfItsClosedForm() throws IOException {
        // ŷ = 2u₀ − 3u₁ + 0.5u₂, plus ten times −0.5: the unit is active at both samples.
        MultiLayerNetwork network =
                network(Activation.IDENTITY, new double[][] {{2}, {-3}, {0.5}}, 10, new double[][] {{1}});

        String text = console.succeed(certify(saved(network), "1,1,1\n-1,0,2\n"));

        double reach = SIGMA * (2 + 3 + 0.5);
        double[][] bounds = read("bounds.csv");
        double[] values = {10 + 2 - 3 + 0.5, 10 - 2 + 1};
        for (int s = 0; s < values.length; s++) {
            assertThat(bounds[s][2]).isCloseTo(values[s], within(1e-5));
            assertThat(bounds[s][3]).isCloseTo(values[s] - reach, within(1e-5));
            assertThat(bounds[s][4]).isCloseTo(values[s] + reach, within(1e-5));
        }
        // The row of Wᵀ has the l1 norm 5.5 and the l2 norm √(4 + 9 + 0.25) = 3.640.
        assertThat(text).contains("Lipschitz constant", "of any size", "5.5000", "3.6401", "puts out one number");
        assertThat(text).contains("7.6250", "10.875");
        assertThat(results().toFile().list()).containsExactlyInAnyOrder("certified.md", "bounds.csv");
        assertThat(results().resolve("certified.md")).content().contains("5.5000", "10.875");
    }

    @Test
    void theRadiiOfLabelledRowsAreTheDistancesFromTheBoundary() throws IOException {
        // The classes change where u₀ = u₁: at (u₀ − u₁)/2 in the largest norm. The last label is wrong.
        String table = "1,0.8,0\n0,0.3,1\n1,0,0\n1,0,1\n";

        String text = console.succeed(certify(saved(classifier()), table));

        double[][] radii = read("radii.csv");
        double[] expected = {0.1, 0.15, SIGMA, SIGMA};
        for (int s = 0; s < expected.length; s++) {
            assertThat(radii[s][3]).isCloseTo(expected[s], within(1e-3));
        }
        assertThat(text).contains("proven right", "right under attack");
        double[][] curve = read("certified.csv");
        // At 0, .05, .1, .15, .2, .25: the wrong one never counts, and the attack finds what is there.
        assertThat(curve).hasDimensions(6, 3);
        assertThat(curve[1]).containsExactly(new double[] {0.05, 0.75, 0.75}, within(1e-9));
        assertThat(curve[4]).containsExactly(new double[] {0.2, 0.25, 0.25}, within(1e-9));
    }

    @Test
    void theColumnOfTheClassesCanBeNamed() throws IOException {
        Path model = saved(classifier());
        console.succeed(certify(model, "0,1,0.8\n1,0,0.3\n", "--labels", "1"));
        assertThat(read("radii.csv")[0][3]).isCloseTo(0.1, within(1e-3));
        assertThat(read("certified.csv")[0][1]).isEqualTo(1);

        assertThat(console.fail(certify(model, "1,0.8,0\n", "--labels", "4"))).contains("column 4", "3 columns");
        assertThat(console.fail(certify(model, "1,0.8,0.5\n"))).contains("Column 3", "0.5", "--labels");
        assertThat(console.misuse(certify(model, "1,0.8,0\n", "--labels", "class")))
                .contains("--labels", "class");
    }

    @Test
    void withoutClassesThePredictionIsProvenToStay() throws IOException {
        String text = console.succeed(certify(saved(classifier()), "1,0.8\n0,0.3\n"));

        assertThat(text).contains("proven to stay", "stays under attack").doesNotContain("proven right");
        assertThat(read("radii.csv")[0][1]).isNaN();
        assertThat(read("radii.csv")[0][3]).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void theDomainCutsTheBoxes() throws IOException {
        MultiLayerNetwork network = network(Activation.IDENTITY, new double[][] {{1}}, 10, new double[][] {{1}});

        assertThat(console.succeed(certify(saved(network), "0.9\n", "--low", "0", "--high", "1")))
                .contains("inputs in [0, 1] within 0.25", "of any size");

        assertThat(read("bounds.csv")[0][3]).isCloseTo(10.65, within(1e-5));
        assertThat(read("bounds.csv")[0][4]).isCloseTo(11, within(1e-5));
    }

    @Test
    void aSampleOnTheEndOfTheDomainStaysInItInSinglePrecision() throws IOException {
        MultiLayerNetwork network = network(Activation.IDENTITY, new double[][] {{1}}, 10, new double[][] {{1}});

        // The float next to 0.1 is larger.
        console.succeed(certify(saved(network), "0.1\n", "--high", "0.1"));

        assertThat(read("bounds.csv")[0][4]).isCloseTo(10.1, within(1e-5));
    }

    @Test
    void samplesOutsideOfTheDomainAreRefused() throws IOException {
        assertThat(console.fail(certify(saved(classifier()), "1,2\n", "--low", "0", "--high", "1")))
                .contains("between 0.0 and 1.0", "from 1.0 to 2.0", "--low and --high");
        assertThat(results()).doesNotExist();
    }

    @Test
    void whatWasReducedForABoxIsCertifiedInIt() throws IOException {
        Path small = temporary.resolve("small.zip");
        console.succeed(
                "reduce",
                saved(classifier()).toString(),
                "--low",
                "0",
                "--high",
                "1",
                "--out",
                small.toString(),
                "--report",
                temporary.resolve("reduce").toString());

        assertThat(console.succeed(certify(small, "1,0.8\n"))).contains("inputs in [0, 1]");
        assertThat(console.fail(certify(small, "1,0.8\n", "--high", "2"))).contains("reduced for", "[0, 2]");
    }

    @Test
    void theOutputsOfALongShortTermMemoryAreBounded() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(3).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        Path implicit = temporary.resolve("lstm.imp");
        console.succeed(
                "convert",
                saved(network).toString(),
                "--input-type",
                "2@3",
                "--out",
                implicit.toString(),
                "--report",
                temporary.resolve("convert").toString());
        String row = "0.1,0.2,0.3,-0.1,-0.2,-0.3";

        String text = console.succeed(certify(implicit, row + "\n"));

        assertThat(text).contains("puts out sequences", "no Lipschitz constant is known");
        double[][] bounds = read("bounds.csv");
        assertThat(bounds).hasNumberOfRows(6);
        // Random inputs of the box, through the original network.
        double[] center =
                Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
        INDArray moved =
                Nd4j.createFromArray(center).reshape(1, 6).broadcast(200, 6).dup('c');
        moved.addi(Nd4j.rand(new int[] {200, 6}).muli(2 * SIGMA).subi(SIGMA).castTo(moved.dataType()));
        INDArray outputs =
                network.output(moved.reshape('c', 200, 2, 3)).dup('c').reshape('c', 200, 6);
        for (int i = 0; i < 6; i++) {
            assertThat(outputs.getColumn(i).minNumber().doubleValue()).isGreaterThan(bounds[i][3] - 1e-6);
            assertThat(outputs.getColumn(i).maxNumber().doubleValue()).isLessThan(bounds[i][4] + 1e-6);
            assertThat(bounds[i][4] - bounds[i][3]).isLessThan(1);
        }
        assertThat(console.fail(
                        "certify", implicit.toString(), "--report", results().toString()))
                .contains("[samples, 6]", ".csv");
    }

    @Test
    void severalInputsAndOutputsAreBounded() throws IOException {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("a", "b")
                .addVertex("both", new MergeVertex(), "a", "b")
                .addLayer("out", output(5, 3, Activation.SOFTMAX), "both")
                .addLayer("more", output(5, 1, Activation.IDENTITY), "both")
                .setOutputs("out", "more")
                .build());
        graph.init();
        Path model = saved(graph);

        String text = console.succeed(certify(model, "1,2,3,4,5\n5,4,3,2,1\n", "--input-type", "2,3"));

        assertThat(text).contains("has 2 outputs", "2 samples of d.csv");
        INDArray w = graph.getLayer("more").getParam("W");
        double[][] bounds = read("bounds.csv");
        assertThat(bounds).hasNumberOfRows(8);
        // The second output is affine.
        assertThat(bounds[3][4] - bounds[3][3])
                .isCloseTo(2 * SIGMA * w.norm1Number().doubleValue(), within(1e-5));
        assertThat(console.fail(certify(model, "1,2,3,4,5,0\n", "--input-type", "2,3")))
                .contains("classes", "has 2 outputs", "leave their column out");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path model = saved(classifier());
        assertThat(console.fail(certify(model, "1,2,3,4\n"))).contains("[samples, 2]", "[1, 4]");
        assertThat(console.misuse("certify", model.toString(), "--data", "digits", "--labels", "3"))
                .contains("--labels is for a table");
        Path table = temporary.resolve("bounds.csv");
        Files.writeString(table, "1,2\n");
        assertThat(console.misuse("certify", "--data", table.toString())).contains("bounds.csv", "name a MODEL");
        assertThat(console.misuse(
                        "certify", model.toString(), "--data", table.toString(), "--report", temporary.toString()))
                .contains("would replace the data of --data");
    }

    @Test
    void ofManyOutputsTheFirstAreShown() throws IOException {
        double[][] w2 = {IntStream.range(0, 150).mapToDouble(i -> i).toArray()};
        MultiLayerNetwork network = network(Activation.IDENTITY, new double[][] {{1}}, 10, w2);

        String text = console.succeed(certify(saved(network), "0\n"));

        List<String> rows =
                text.lines().filter(line -> line.matches("\\d+( to \\d+)? .*")).collect(Collectors.toList());
        assertThat(rows.get(19)).startsWith("19 ");
        // 149 · (10 ± 0.25).
        assertThat(rows.get(20)).startsWith("20 to 149").contains("1527.3");
        assertThat(read("bounds.csv")).hasNumberOfRows(150);
    }
}
