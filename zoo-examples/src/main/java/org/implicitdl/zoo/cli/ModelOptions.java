package org.implicitdl.zoo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.file.ModelFile;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.zoo.convert.LeNet;
import org.implicitdl.zoo.convert.SourceFile;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.OutputFile;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.CsvFormat;
import org.implicitdl.zoo.table.CsvTable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which network a command is about, and on which images. */
final class ModelOptions {
    /** What the help texts say of it. */
    static final String ABOUT = "MODEL is a zip of Deeplearning4j (MultiLayerNetwork or ComputationGraph) or an h5 file"
            + " of Keras. Without one a small LeNet is trained first, which takes a minute.";

    /** What the help texts of commands say that also take a network that was converted before. */
    static final String ABOUT_ANY = "MODEL is a file that convert or reduce wrote by --out, a zip of Deeplearning4j"
            + " (MultiLayerNetwork or ComputationGraph) or an h5 file of Keras. Without one a small LeNet is trained"
            + " first, which takes a minute.";

    private static final String DIGITS = "digits";
    private static final String MNIST = "mnist";

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The network (default: a LeNet, trained first).")
    private Path model;

    @Option(
            names = "--input-type",
            paramLabel = "TYPE",
            split = ",",
            converter = InputTypeParser.class,
            description = "What the network takes, if it does not tell itself: " + InputTypeParser.FORMS
                    + "; of several inputs one after the other, with commas between them.")
    private List<InputType> inputTypes = List.of();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = MNIST,
            description =
                    "Images: digits (8 by 8, shipped), mnist (28 by 28, a part is shipped), or a folder with MNIST's"
                            + " four files; certify also takes a .csv of numbers, one sample a line (default:"
                            + " ${DEFAULT-VALUE}).")
    private String data;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            defaultValue = "5",
            description = "How often the LeNet sees the images in training (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ThreadOption threads;

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

    /**
     * Makes sure that a command replaces neither its model nor other files that it reads, and writes nothing twice.
     *
     * @throws ParameterException if it would
     */
    void requireApart(CommandLine line, List<NamedFile> read, List<NamedFile> written) {
        List<NamedFile> sources = new ArrayList<>(read);
        if (model != null) {
            sources.add(new NamedFile("MODEL", model));
        }
        NamedFile.requireApart(line, sources, written);
    }

    /** The table that --data names, if it is a file or is called like one. */
    Optional<Path> table() {
        return isTable(data) ? Optional.of(Path.of(data)) : Optional.empty();
    }

    /** Whether data are the numbers of a file, not images. */
    static boolean isTable(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".csv") || Files.isRegularFile(Path.of(name));
    }

    /** The numbers of such a file, one sample a row. */
    static INDArray numbers(Path table) {
        return CsvTable.read(table, CsvFormat.detected()).numbers();
    }

    ImageSplit images() {
        return images(data);
    }

    /** Images by the name of a set, or in a folder. */
    ImageSplit images(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case DIGITS -> ImageData.digits(seed);
            case MNIST -> ImageData.mnistSubset(seed);
            default -> ImageData.mnist(Path.of(name), seed);
        };
    }

    /** The network of Deeplearning4j, read or trained. */
    SourceNetwork network(CommandLine line) {
        useThreads(line);
        if (model != null) {
            return SourceFile.read(model).withInputs(inputTypes);
        }
        ImageSet train = images().train();
        try (Progress progress = Progress.onConsole("training a LeNet on " + data, epochs)) {
            return new SourceNetwork(LeNet.train(train, epochs, seed, progress), List.of());
        }
    }

    /** The implicit network of a file of such, or the one that a network is converted into. */
    ImplicitNetwork implicit(CommandLine line) {
        if (model == null || !ModelFile.isOne(model)) {
            return network(line).convert();
        }
        useThreads(line);
        if (!inputTypes.isEmpty()) {
            throw new ParameterException(
                    line, "--input-type is for networks to be converted, but '" + model + "' is implicit already");
        }
        return ImplicitNetwork.load(model);
    }

    private void useThreads(CommandLine line) {
        Requirement numbers = new Requirement(line);
        threads.check(numbers);
        numbers.atLeastOne("--epochs", epochs);
        threads.use();
    }

    /** The features of samples that are rows of numbers, as the network takes them. */
    static INDArray[] features(INDArray rows, ImplicitNetwork network) {
        try {
            return network.features(rows);
        } catch (ShapeException e) {
            throw new ShapeException(e.getMessage() + " Choose other data, such as a .csv with these numbers in each"
                    + " line, or convert the network with another --input-type if it takes sequences or images of any"
                    + " size.");
        }
    }

    /**
     * The file that an option names, if it does; that it can be written is looked at before the long work.
     *
     * @param report the folder of the reports, which is made before the file
     */
    static Optional<OutputFile> output(CommandLine line, String option, Path file, Path report) {
        if (file != null && report.toAbsolutePath().startsWith(file.toAbsolutePath())) {
            throw new ParameterException(
                    line, option + " is for a file, but '" + file + "' is to be a folder, by --report " + report);
        }
        return Optional.ofNullable(file).map(OutputFile::at);
    }

    /** Writes an implicit network, and the folder for it if there is none. */
    static Path write(ImplicitNetwork network, OutputFile file) {
        Path path = file.inItsFolder();
        network.save(path);
        return path;
    }

    /** The share of images whose class is that of the largest output [m, classes]. */
    static double accuracy(ImageSet images, INDArray outputs) {
        int[] predicted = Nd4j.argMax(outputs, 1).toIntVector();
        long right = IntStream.range(0, predicted.length)
                .filter(i -> predicted[i] == images.label(i))
                .count();
        return (double) right / predicted.length;
    }
}
