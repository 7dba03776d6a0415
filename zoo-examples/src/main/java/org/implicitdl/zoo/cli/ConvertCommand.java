package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.convert.Comparison;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.convert.Structures;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.OutputFile;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit convert}: a network as an implicit model, what it looks like, and that it computes the same. */
@Command(
        name = "convert",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Convert a network into an implicit model that computes the same.", "", ModelOptions.ABOUT, ""},
        footer = {
            "",
            "Files, in DIR:",
            "  model.md       what the model looks like, layer by layer, and its structure",
            "  sparsity.png   the nonzeros of M = [A B; C D], in the order that makes A triangular"
        })
final class ConvertCommand implements Callable<Integer> {
    private static final int STEPS = 2;
    private static final List<String> FILES = List.of("model.md", "sparsity.png");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--check",
            paramLabel = "DATA",
            description =
                    "Compare the outputs of the network and of the model on digits, mnist, a folder with MNIST's four"
                            + " files, or a .csv of numbers: one sample a line, input after input, channel after channel; always"
                            + " done with the LeNet.")
    private String check;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the implicit network, which reduce, certify and ImplicitNetwork.load read; the folder"
                    + " is made if missing.")
    private Path out;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write a zip of Deeplearning4j whose network is one ImplicitLayer with a dense A; for small"
                    + " models without max pooling; the folder is made if missing.")
    private Path export;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "results/convert",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path report;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        OutputFolder.requireUsable(report);
        Optional<OutputFile> file = ModelOptions.output(spec.commandLine(), "--out", out, report);
        Optional<OutputFile> layer = ModelOptions.output(spec.commandLine(), "--export", export, report);
        requireApart();
        Optional<CheckData> data = data();
        SourceNetwork source = options.network(spec.commandLine());
        Converted converted = convert(source, data);
        ImplicitNetwork implicit = converted.implicit;
        String text = implicit.summary() + System.lineSeparator() + converted.structure.text();
        say("%s%n", text);
        converted.features.ifPresent(
                features -> compare(data.flatMap(CheckData::images), Comparison.of(source, implicit, features)));
        OutputFolder folder = OutputFolder.open(report);
        say("wrote %s%n", folder.write(FILES.get(0), "# " + options.name() + "\n\n```\n" + text + "```\n"));
        say("wrote %s%n", folder.write(FILES.get(1), converted.structure.picture()));
        file.ifPresent(place -> say("wrote %s%n", ModelOptions.write(implicit, place)));
        layer.ifPresent(place -> say("wrote %s%n", export(converted.layer.orElseThrow(), place)));
        return 0;
    }

    /** What there is to compare on, if anything; looked at before the network is. */
    private Optional<CheckData> data() {
        if (check == null) {
            return options.isTrained()
                    ? Optional.of(CheckData.of(options.images().test()))
                    : Optional.empty();
        }
        return Optional.of(
                ModelOptions.isTable(check)
                        ? CheckData.of(ModelOptions.numbers(Path.of(check)))
                        : CheckData.of(options.images(check).test()));
    }

    /**
     * Everything that can be refused of a network, before anything is written.
     *
     * @param features of the data to compare on, as the network takes them
     * @param layer the network to export
     */
    private record Converted(
            ImplicitNetwork implicit,
            Optional<INDArray[]> features,
            Optional<MultiLayerNetwork> layer,
            Structures.Report structure) {}

    private Converted convert(SourceNetwork source, Optional<CheckData> data) {
        try (Progress progress = Progress.onConsole("convert", STEPS)) {
            progress.doing("the network");
            ImplicitNetwork implicit = source.convert();
            Optional<INDArray[]> features = data.map(found -> ModelOptions.features(found.rows(), implicit));
            Optional<MultiLayerNetwork> layer =
                    export == null ? Optional.empty() : Optional.of(implicit.toMultiLayerNetwork());
            progress.step();
            progress.doing("its structure");
            Structures.Report structure = Structures.of(options.name(), implicit.model());
            progress.step();
            return new Converted(implicit, features, layer, structure);
        }
    }

    private void requireApart() {
        List<NamedFile> read = new ArrayList<>();
        if (check != null) {
            read.add(new NamedFile("the data of --check", Path.of(check)));
        }
        List<NamedFile> written = NamedFile.ofReport(report, FILES);
        if (out != null) {
            written.add(new NamedFile("--out", out));
        }
        if (export != null) {
            written.add(new NamedFile("--export", export));
        }
        options.requireApart(spec.commandLine(), read, written);
    }

    private static Path export(MultiLayerNetwork layer, OutputFile place) {
        return place.write(stream -> ModelSerializer.writeModel(layer, stream, false));
    }

    private void compare(Optional<ImageSet> images, Comparison outputs) {
        say(
                "On %,d test samples the outputs differ by %.1e of the largest.%n",
                outputs.expected().get(0).size(0), outputs.relativeDifference());
        if (images.isPresent() && outputs.found().size() == 1) {
            say(
                    "The accuracy on these images is %s, the network's %s.%n%n",
                    Percent.of(
                            ModelOptions.accuracy(images.get(), outputs.found().get(0))),
                    Percent.of(ModelOptions.accuracy(
                            images.get(), outputs.expected().get(0))));
        }
    }

    private void say(String pattern, Object... arguments) {
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, pattern, arguments);
        console.flush();
    }
}
