package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.bench.train.TrainBenchmark;
import org.implicitdl.zoo.data.ImageData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit bench train}: what block coordinate descent costs and reaches. */
@Command(
        name = "train",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure block coordinate descent beside Adam on MNIST.",
            "",
            "A network of 784-300-10 units: accuracy on the test images and time, of minibatch descent and Adam with five"
                    + " seeds, and of descent on all images at once; an implicit model of 128 states in minibatches; and"
                    + " where the time of a sweep goes.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  bench-train.csv  measurement, what, asked, found, unit, verdict",
            "  bench-train.md   the same as tables, with the machine",
            "",
            "All of MNIST takes about half an hour. Without --data the small part that is shipped is used, for which"
                    + " nothing is asked of the accuracies in earnest."
        })
final class BenchTrainCommand implements Callable<Integer> {
    private static final long SPLIT = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Folder with MNIST's four IDX files, plain or gzipped (default: the small part that is shipped).")
    private Path data;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these measurements, of minibatch, implicit, profile and sweeps (default: all).")
    private List<String> only = List.of();

    @Mixin
    private BenchOptions options;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() throws IOException {
        return options.run(
                TrainBenchmark.create(data == null ? ImageData.mnistSubset(SPLIT) : ImageData.mnist(data, SPLIT)),
                only,
                spec);
    }
}
