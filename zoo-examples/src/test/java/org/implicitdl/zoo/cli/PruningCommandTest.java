package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code implicit reduce --keep}: the share of weights that stays, and the accuracy that stays with it. */
class PruningCommandTest {
    private static final long SEED = 1;
    private static final int HIDDEN = 32;
    private static final double LOSS = 0.01;

    private final ImageSplit images = ImageData.digits(SEED);
    private final Console console = new Console();

    @TempDir
    private Path temporary;

    private MultiLayerNetwork trained() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(5e-3))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(64)
                        .nOut(HIDDEN)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(HIDDEN)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        network.fit(images.train().shuffledIterator(32, SEED), 10);
        return network;
    }

    private static double error(INDArray outputs, ImageSet images) {
        int[] predicted = Nd4j.argMax(outputs, 1).toIntVector();
        int wrong = 0;
        for (int i = 0; i < predicted.length; i++) {
            wrong += predicted[i] == images.label(i) ? 0 : 1;
        }
        return wrong / (double) images.size();
    }

    private static INDArray features(ImageSet images) {
        return images.batch(0, images.size()).getFeatures();
    }

    private static double validationError(MultiLayerNetwork network, ImageSet images) {
        return error(network.output(features(images)), images);
    }

    /** The nonzeros of both weight matrices. */
    private static long[] weights(MultiLayerNetwork network) {
        return Arrays.stream(network.getLayers())
                .mapToLong(layer -> layer.getParam("W")
                        .neq(0)
                        .castTo(DataType.INT64)
                        .sumNumber()
                        .longValue())
                .toArray();
    }

    private void prune(double share) {
        console.succeed(
                "reduce",
                original().toString(),
                "--data",
                "digits",
                "--keep",
                String.valueOf(share),
                "--loss",
                String.valueOf(LOSS),
                "--rounds",
                "2",
                "--round-epochs",
                "5",
                "--report",
                results().toString(),
                "--out",
                reduced().toString());
    }

    private Path original() {
        return temporary.resolve("network.zip");
    }

    private Path results() {
        return temporary.resolve("results");
    }

    private Path reduced() {
        return temporary.resolve("reduced.zip");
    }

    private MultiLayerNetwork pruned() throws IOException {
        return MultiLayerNetwork.load(results().resolve("pruned.zip").toFile(), false);
    }

    /** Trains: some seconds. */
    @Test
    void theShareOfWeightsStaysAndTheValidationErrorGrowsByNoMoreThanTheLoss() throws IOException {
        MultiLayerNetwork network = trained();
        network.save(original().toFile(), true);
        double before = validationError(network, images.validation());
        assertThat(before).isLessThan(0.1);
        assertThat(weights(network)).containsExactly(64 * HIDDEN, HIDDEN * 10);

        prune(0.3);

        assertThat(results().toFile().list())
                .containsExactlyInAnyOrder(
                        "reduction.md",
                        "before.png",
                        "after.png",
                        "pruned.zip",
                        "pruning.png",
                        "pruning.csv",
                        "pruning.md");
        MultiLayerNetwork pruned = pruned();
        // The shares of 2048 and of 320 weights, rounded up.
        assertThat(weights(pruned)).containsExactly(615, 96);
        double after = validationError(pruned, images.validation());
        List<Double> errors = validationErrors();
        assertThat(errors).hasSize(4);
        assertThat(errors.get(1)).isEqualTo(before);
        assertThat(errors.get(3)).isEqualTo(after);
        assertThat(after).isLessThanOrEqualTo(bound(errors));
        INDArray features = features(images.test());
        INDArray difference = ImplicitNetwork.load(reduced()).output(features).sub(pruned.output(features));
        // Both are float, and add in another order.
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-5);

        prune(0.02);

        errors = validationErrors();
        assertThat(errors.get(3)).as("too few weights for the digits").isGreaterThan(bound(errors));
        assertThat(validationError(pruned(), images.validation())).isLessThanOrEqualTo(bound(errors));
    }

    /** What is promised: errors are those without pruning after as much training, of the original, and of each round. */
    private static double bound(List<Double> errors) {
        return Math.min(errors.get(0), errors.get(1)) + LOSS;
    }

    private List<Double> validationErrors() throws IOException {
        List<String> lines = Files.readAllLines(results().resolve("pruning.csv"));
        int column = List.of(lines.get(0).split(",")).indexOf("validation_error");
        List<Double> errors = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            errors.add(Double.valueOf(line.split(",")[column]));
        }
        return errors;
    }
}
