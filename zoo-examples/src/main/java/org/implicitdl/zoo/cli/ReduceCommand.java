package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.compress.IterativePruning;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.convert.PruningExperiment;
import org.implicitdl.zoo.convert.PruningReport;
import org.implicitdl.zoo.convert.PruningResults;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.convert.Structures;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit reduce}: what can leave a network without changing what it computes. */
@Command(
        name = "reduce",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Take states out of a converted network without changing its outputs.",
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
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--low",
            paramLabel = "L",
            defaultValue = "0",
            description = "No input is less (default: ${DEFAULT-VALUE}).")
    private double low;

    @Option(
            names = "--high",
            paramLabel = "H",
            defaultValue = "1",
            description = "No input is larger (default: ${DEFAULT-VALUE}).")
    private double high;

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
            description = "Write the reduced network, which certify and ImplicitNetwork.load read.")
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
        if (!(low <= high)) {
            throw new ParameterException(
                    spec.commandLine(), "--low must not be above --high, but they are " + low + " and " + high);
        }
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.atLeastOne("--rounds", rounds);
        numbers.atLeastOne("--round-epochs", roundEpochs);
        if (keep != null) {
            numbers.betweenZeroAndOne("--keep", keep);
            numbers.notNegative("--loss", loss);
        }
        if (keep == null) {
            ImplicitNetwork implicit = options.implicit(spec.commandLine());
            reduce(implicit, OutputFolder.open(report));
        } else {
            SourceNetwork source = options.network(spec.commandLine());
            OutputFolder folder = OutputFolder.open(report);
            reduce(prune(source, folder).convert(), folder);
        }
        return 0;
    }

    /** The network that pruning leaves. */
    private SourceNetwork prune(SourceNetwork source, OutputFolder folder) {
        ImageSplit images = options.images();
        PruningResults results;
        try (Progress progress = Progress.onConsole("pruning", rounds)) {
            IterativePruning pruning =
                    IterativePruning.keeping(keep).withRounds(rounds).withListener((round, all) -> progress.step());
            results = new PruningExperiment(pruning, roundEpochs, options.seed()).run(source, images, loss);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, "%s%n", PruningReport.table(results).toText());
        String caption = String.format(
                Locale.ROOT,
                "%s, %,d test images of %s",
                options.name(),
                images.test().size(),
                images.name());
        PruningReport.write(results, caption, folder).forEach(file -> console.println("wrote " + file));
        console.println("wrote "
                + folder.write("pruned.zip", stream -> ModelSerializer.writeModel(results.network(), stream, false)));
        return new SourceNetwork(results.network(), source.inputs());
    }

    private void reduce(ImplicitNetwork implicit, OutputFolder folder) {
        InputBox box = InputBox.of(implicit.model().inputs(), low, high);
        Reduction reduction = Reducer.standard().reduce(implicit.model(), box);
        String text = reduction.report();
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, "%s%n", text);
        Path[] files = {
            folder.write("reduction.md", "# " + options.name() + "\n\n```\n" + text + "```\n"),
            folder.write(
                    "before.png",
                    Structures.picture(options.name() + ", before", ModelStructure.of(reduction.before()))),
            folder.write(
                    "after.png", Structures.picture(options.name() + ", after", ModelStructure.of(reduction.after())))
        };
        for (Path file : files) {
            console.println("wrote " + file);
        }
        if (out != null) {
            ImplicitModel preOutput =
                    Reducer.standard().reduce(implicit.preOutput(), box).model();
            console.println("wrote " + ModelOptions.write(implicit.withModels(reduction.model(), preOutput), out));
        }
    }
}
