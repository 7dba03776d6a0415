package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.reduce.Box;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.convert.Structures;
import org.implicitdl.zoo.report.OutputFolder;
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
            ModelOptions.ABOUT_ANY,
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  reduction.md   which states left in which pass, and why",
            "  before.png     the nonzeros of M = [A B; C D] before",
            "  after.png      and after"
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
        ImplicitNetwork implicit = options.implicit(spec.commandLine());
        Box box = Box.of(implicit.model().inputs(), low, high);
        Reduction reduction = Reducer.standard().reduce(implicit.model(), box);
        String text = reduction.report();
        PrintWriter console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, "%s%n", text);
        OutputFolder folder = OutputFolder.open(report);
        Path[] files = {
            folder.write(
                    "reduction.md",
                    stream -> stream.write(
                            ("# " + options.name() + "\n\n```\n" + text + "```\n").getBytes(StandardCharsets.UTF_8))),
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
        return 0;
    }
}
