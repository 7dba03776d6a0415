package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.compress.IterativePruning;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.convert.PruningExperiment;
import org.implicitdl.zoo.convert.PruningReport;
import org.implicitdl.zoo.convert.PruningResults;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.convert.Structures;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.OutputFile;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit reduce}: what can leave a network without changing what it computes for the inputs that are asked for. */
@Command(
        name = "reduce",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Take states out of a converted network without changing its outputs.",
            "",
            "That holds for all inputs, or for those of a box, in which more states may be idle: pixels lie in --low 0"
                    + " --high 1. For inputs outside of its box a reduced network may put out anything; the file of --out"
                    + " tells for which inputs it holds, and certify heeds it. Of a network that was reduced before, the"
                    + " boxes are intersected.",
            "",
            "With --keep the network is pruned first: its smallest weights are left out in rounds, and what is left is"
                    + " trained on the images of --data.",
            "",
            ModelOptions.ABOUT_ANY,
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  reduction.md   which states left in which pass, and why",
            "  before.png     the nonzeros of M = [A B; C D] before",
            "  after.png      and after",
            "and with --keep:",
            "  pruned.zip     the smallest network that is good enough, for Deeplearning4j",
            "  pruning.png    size against error, round by round",
            "  pruning.csv    the same as numbers",
            "  pruning.md     the same as a table"
        })
final class ReduceCommand implements Callable<Integer> {
    private static final String REDUCTION = "reduction.md";
    private static final String BEFORE = "before.png";
    private static final String AFTER = "after.png";
    private static final String PRUNED = "pruned.zip";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--low",
            paramLabel = "LOW",
            description = "Only for inputs that are not less (default: inputs of any size).")
    private double low = Double.NEGATIVE_INFINITY;

    @Option(
            names = "--high",
            paramLabel = "HIGH",
            description = "Only for inputs that are not larger (default: inputs of any size).")
    private double high = Double.POSITIVE_INFINITY;

    @Option(
            names = "--keep",
            paramLabel = "SHARE",
            description = "The share of each layer's weights that stays after pruning; without it, all stay.")
    private Double keep;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "4",
            description = "Rounds of pruning and training (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--round-epochs",
            paramLabel = "E",
            defaultValue = "3",
            description = "How often a round trains on all images (default: ${DEFAULT-VALUE}).")
    private int roundEpochs;

    @Option(
            names = "--loss",
            paramLabel = "L",
            defaultValue = "0.005",
            description = "By how much the share of validation images that are not recognized may grow (default:"
                    + " ${DEFAULT-VALUE}).")
    private double loss;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the reduced network, which reduce, certify and ImplicitNetwork.load read; the folder is"
                            + " made if missing.")
    private Path out;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "results/reduce",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path report;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.interval(low, high);
        numbers.atLeastOne("--rounds", rounds);
        numbers.atLeastOne("--round-epochs", roundEpochs);
        if (keep != null) {
            numbers.betweenZeroAndOne("--keep", keep);
            numbers.notNegative("--loss", loss);
        }
        OutputFolder.requireUsable(report);
        Optional<OutputFile> file = ModelOptions.output(spec.commandLine(), "--out", out, report);
        requireApart();
        ImplicitNetwork implicit = keep == null
                ? options.implicit(spec.commandLine())
                : prune(options.network(spec.commandLine())).convert();
        Reduction reduction = reduce(implicit);
        file.ifPresent(place -> say("wrote " + ModelOptions.write(reduced(implicit, reduction), place)));
        return 0;
    }

    private void requireApart() {
        List<NamedFile> written = NamedFile.ofReport(report, List.of(REDUCTION, BEFORE, AFTER));
        if (keep != null) {
            written.addAll(NamedFile.ofReport(report, List.of(PRUNED)));
            written.addAll(NamedFile.ofReport(report, PruningReport.FILES));
        }
        if (out != null) {
            written.add(new NamedFile("--out", out));
        }
        options.requireApart(spec.commandLine(), List.of(), written);
    }

    /** The network that pruning leaves. */
    private SourceNetwork prune(SourceNetwork source) {
        ImageSplit images = options.images();
        PruningResults results;
        try (Progress progress = Progress.onConsole("pruning", rounds)) {
            IterativePruning pruning =
                    IterativePruning.keeping(keep).withRounds(rounds).withListener((round, all) -> progress.step());
            results = new PruningExperiment(pruning, roundEpochs, options.seed()).run(source, images, loss);
        }
        say(PruningReport.table(results).toText());
        String caption = String.format(
                Locale.ROOT,
                "%s, %,d test images of %s",
                options.name(),
                images.test().size(),
                images.name());
        OutputFolder folder = OutputFolder.open(report);
        PruningReport.write(results, caption, folder).forEach(file -> say("wrote " + file));
        say("wrote " + folder.write(PRUNED, stream -> ModelSerializer.writeModel(results.network(), stream, false)));
        return new SourceNetwork(results.network(), source.inputs());
    }

    /** Reduces the model, and reports of it. */
    private Reduction reduce(ImplicitNetwork implicit) {
        if (!implicit.domain().isEverything()) {
            say("The network was reduced before, for " + implicit.domain() + ".");
        }
        InputBox box = implicit.domain().intersect(InputBox.of(implicit.model().inputs(), low, high));
        Reduction reduction = Reducer.standard().reduce(implicit.model(), box);
        String text = reduction.report();
        say(text);
        OutputFolder folder = OutputFolder.open(report);
        say("wrote " + folder.write(REDUCTION, "# " + options.name() + "\n\n```\n" + text + "```\n"));
        say("wrote " + picture(BEFORE, reduction.before(), folder));
        say("wrote " + picture(AFTER, reduction.after(), folder));
        return reduction;
    }

    private static ImplicitNetwork reduced(ImplicitNetwork implicit, Reduction reduction) {
        InputBox box = reduction.box();
        ImplicitModel preOutput =
                Reducer.standard().reduce(implicit.preOutput(), box).model();
        return implicit.withModels(reduction.model(), preOutput, box);
    }

    private Path picture(String name, SparseModel model, OutputFolder folder) {
        String title = options.name() + ", " + name.replace(".png", "");
        return folder.write(name, Structures.picture(title, ModelStructure.of(model)));
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
    }
}
