package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.convert.Certification;
import org.implicitdl.zoo.convert.ClassOutputs;
import org.implicitdl.zoo.convert.InputRange;
import org.implicitdl.zoo.convert.LabelledInputs;
import org.implicitdl.zoo.convert.Proofs;
import org.implicitdl.zoo.convert.Robustness;
import org.implicitdl.zoo.convert.RobustnessReport;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit certify}: what a network is proven to put out whatever happens to each input within a box. */
@Command(
        name = "certify",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prove what a network puts out whatever happens to each input within sigma.",
            "",
            "Of any network: bounds on the outputs, and Lipschitz constants. Of one that tells classes apart also how far"
                    + " inputs may change before it is no longer proven to recognize them (or, where the classes are not"
                    + " known, to stay with its prediction), beside an attack.",
            "",
            "Samples are images, whose pixels lie between 0 and 1, or the lines of a table, --data FILE.csv: numbers for"
                    + " input after input, channel after channel, and perhaps a class. A network that reduce wrote for"
                    + " fewer inputs than these can be is refused, since what is proven of it would not be true of its"
                    + " original.",
            "",
            "What is proven is true of the exact function of the stored weights; the rounding of single precision, about"
                    + " 1e-6 of the outputs, is not counted in.",
            "",
            ModelOptions.ABOUT_ANY,
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  certified.md    the tables, and what they are about",
            "  bounds.csv      sample by sample, each output, and what it stays within",
            "and of networks that tell classes apart:",
            "  certified.png   what is proven right, and right under attack, by sigma",
            "  certified.csv   the same as numbers",
            "  radii.csv       sample by sample, how far inputs may change; SIGMA at most"
        })
final class CertifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--box",
            paramLabel = "SIGMA",
            defaultValue = "0.05",
            description = "The largest change of an input; pixels range from 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double sigma;

    @Mixin
    private SampleOptions samples;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "results/certify",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path report;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        new Requirement(spec.commandLine()).positive("--box", sigma);
        samples.check(spec.commandLine());
        OutputFolder.requireUsable(report);
        Optional<Path> file = options.table();
        requireApart(file);
        if (file.isEmpty()) {
            samples.requireNoLabels(spec.commandLine());
        } else if (options.isTrained()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data '" + file.get() + "' is a table, from which no LeNet is trained; name a MODEL");
        }
        Optional<INDArray> table = file.map(ModelOptions::numbers);
        ImplicitNetwork network = options.implicit(spec.commandLine());
        InputRange range = samples.range(table.isPresent() ? InputRange.of(network) : InputRange.PIXELS);
        network.requireHoldsFor(range.box(network.model().inputs()));
        certify(
                new Certification(network, range, sigma, options.seed()),
                table.map(rows -> samples.of(rows, network))
                        .orElseGet(() -> LabelledInputs.of(options.images().test(), samples.count(), network)));
        return 0;
    }

    private void requireApart(Optional<Path> file) {
        List<String> names = new ArrayList<>(RobustnessReport.FILES);
        names.addAll(RobustnessReport.CLASS_FILES);
        options.requireApart(
                spec.commandLine(),
                file.map(table -> new NamedFile("the data of --data", table)).stream()
                        .toList(),
                NamedFile.ofReport(report, names));
    }

    private void certify(Certification certification, LabelledInputs inputs) {
        ImplicitNetwork network = certification.network();
        INDArray[] features = ModelOptions.features(inputs.rows(), network);
        INDArray u = certification.range().inside(network.columns(features));
        Optional<String> whyNoClasses = ClassOutputs.whyNone(network, features, inputs.classes());
        if (whyNoClasses.isPresent() && inputs.classes().isPresent()) {
            throw new IllegalArgumentException("There are classes for the samples, but " + whyNoClasses.get()
                    + "; leave their column out of the table.");
        }
        int count = (int) u.size(1);
        Proofs proofs;
        try (Progress progress = Progress.onConsole("bounds", Certification.outputSteps(count))) {
            proofs = certification.outputs(u, progress);
        }
        Optional<Robustness> robustness = Optional.empty();
        if (whyNoClasses.isEmpty()) {
            try (Progress progress = Progress.onConsole("classes", Certification.classSteps(count))) {
                robustness = Optional.of(certification.classes(u, inputs.classes(), progress));
            }
        }
        PrintWriter console = spec.commandLine().getOut();
        RobustnessReport.tables(proofs, robustness).forEach(table -> console.println(table.toText()));
        String caption = caption(certification, count)
                + whyNoClasses.map(why -> "; no classes, because " + why).orElse("")
                + proofs.constants().whyNone().map(why -> "; " + why).orElse("");
        console.println(caption);
        if (network.dataType() == DataType.FLOAT) {
            console.println(
                    "proven of the exact function of the stored weights, without the rounding of single precision"
                            + " (about 1e-6 of the outputs)");
        }
        RobustnessReport.write(proofs, robustness, caption, OutputFolder.open(report))
                .forEach(path -> console.println("wrote " + path));
    }

    private String caption(Certification certification, int count) {
        ImplicitNetwork network = certification.network();
        return String.format(
                        Locale.ROOT,
                        "%s, %,d %s, %s within %s of each",
                        options.name(),
                        count,
                        options.table()
                                .map(file -> "samples of " + file.getFileName())
                                .orElse("test images"),
                        certification.range(),
                        sigma)
                + (network.domain().isEverything() ? "" : "; reduced for " + network.domain());
    }
}
