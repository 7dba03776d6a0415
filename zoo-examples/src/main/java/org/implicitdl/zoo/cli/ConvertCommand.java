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
import org.implicitdl.zoo.data.NumberTable;
import org.implicitdl.zoo.report.OutputFile;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Percent;
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
    private static final int MOST = 1000;
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
        SourceNetwork source = options.network(spec.commandLine());
        ImplicitNetwork implicit = source.convert();
        Structures.Report structure = Structures.of(options.name(), implicit.model());
        String text = implicit.summary() + System.lineSeparator() + structure.text();
        say("%s%n", text);
        if (check != null && ModelOptions.isTable(check)) {
            compare(source, implicit, ModelOptions.features(NumberTable.read(Path.of(check)), implicit));
        } else if (check != null || options.isTrained()) {
            compare(source, implicit, (check == null ? options.images() : options.images(check)).test());
        }
        OutputFolder folder = OutputFolder.open(report);
        say("wrote %s%n", folder.write(FILES.get(0), "# " + options.name() + "\n\n```\n" + text + "```\n"));
        say("wrote %s%n", folder.write(FILES.get(1), structure.picture()));
        file.ifPresent(place -> say("wrote %s%n", ModelOptions.write(implicit, place)));
        layer.ifPresent(place -> say("wrote %s%n", export(implicit, place)));
        return 0;
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

    private static Path export(ImplicitNetwork implicit, OutputFile place) {
        MultiLayerNetwork layer = implicit.toMultiLayerNetwork();
        return place.write(stream -> ModelSerializer.writeModel(layer, stream, false));
    }

    private void compare(SourceNetwork source, ImplicitNetwork implicit, ImageSet images) {
        Comparison outputs = compare(source, implicit, ModelOptions.features(images, MOST, implicit));
        if (outputs.found().size() == 1) {
            say(
                    "The accuracy on these images is %s, the network's %s.%n%n",
                    Percent.of(ModelOptions.accuracy(images, outputs.found().get(0))),
                    Percent.of(ModelOptions.accuracy(images, outputs.expected().get(0))));
        }
    }

    private Comparison compare(SourceNetwork source, ImplicitNetwork implicit, INDArray... features) {
        Comparison outputs = Comparison.of(source, implicit, features);
        say(
                "On %,d test samples the outputs differ by %.1e of the largest.%n",
                features[0].size(0), outputs.relativeDifference());
        return outputs;
    }

    private void say(String pattern, Object... arguments) {
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, pattern, arguments);
        console.flush();
    }
}
