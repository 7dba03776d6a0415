package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.zoo.convert.LeNet;
import org.implicitdl.zoo.convert.ModelFile;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which network a command is about, and on which images. */
final class ModelOptions {
    /** What the help texts say of it. */
    static final String ABOUT = "MODEL is a zip of Deeplearning4j (MultiLayerNetwork or ComputationGraph) or an h5 file"
            + " of Keras. Without one a small LeNet is trained first, which takes a minute.";

    private static final int EPOCHS = 5;
    private static final String DIGITS = "digits";
    private static final String MNIST = "mnist";

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The network (default: a LeNet, trained first).")
    private Path model;

    @Option(
            names = "--input-type",
            paramLabel = "TYPE",
            converter = InputTypeParser.class,
            description = "What the network takes, if it does not tell itself: " + InputTypeParser.FORMS + ".")
    private InputType inputType;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = MNIST,
            description =
                    "Images: digits (8 by 8, shipped), mnist (28 by 28, a part is shipped), or a folder with MNIST's"
                            + " four files (default: ${DEFAULT-VALUE}).")
    private String data;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "${env:OMP_NUM_THREADS:-1}",
            description = "Threads of ND4J and BLAS (default: OMP_NUM_THREADS if set, otherwise 1).")
    private int threads;

    long seed() {
        return seed;
    }

    /** Whether there is no file, so that a network is trained. */
    boolean isTrained() {
        return model == null;
    }

    /** What the network is called in titles. */
    String name() {
        return model == null ? "LeNet on " + data : String.valueOf(model.getFileName());
    }

    ImageSplit images() {
        return switch (data.toLowerCase(Locale.ROOT)) {
            case DIGITS -> ImageData.digits(seed);
            case MNIST -> ImageData.mnistSubset(seed);
            default -> ImageData.mnist(Path.of(data), seed);
        };
    }

    /** The network, read or trained. */
    SourceNetwork network(CommandLine line) {
        new Requirement(line).atLeastOne("--threads", threads);
        Threads.use(threads);
        if (model != null) {
            return new SourceNetwork(ModelFile.read(model), Optional.ofNullable(inputType));
        }
        ImageSet train = images().train();
        try (Progress progress = Progress.onConsole("training a LeNet on " + data, EPOCHS)) {
            return new SourceNetwork(LeNet.train(train, EPOCHS, seed, progress), Optional.empty());
        }
    }

    /** Features [m, pixels] of the first test images, checked against what the network takes. */
    static INDArray features(ImageSet images, int count, ImplicitNetwork network) {
        if (images.pixels() != network.model().inputs()) {
            throw new ShapeException("The images have " + images.pixels() + " pixels, but the network takes "
                    + network.model().inputs() + " numbers; choose other data with --data.");
        }
        return images.batch(0, Math.min(count, images.size())).getFeatures();
    }

    /** The share of images whose class is that of the largest output [m, classes]. */
    static double accuracy(ImageSet images, INDArray outputs) {
        int[] predicted = Nd4j.argMax(outputs, 1).toIntVector();
        long right = IntStream.range(0, predicted.length)
                .filter(i -> predicted[i] == images.label(i))
                .count();
        return (double) right / predicted.length;
    }

    /** The classes of the first images. */
    static int[] labels(ImageSet images, int count) {
        int[] labels = new int[Math.min(count, images.size())];
        Arrays.setAll(labels, images::label);
        return labels;
    }
}
