package org.implicitdl.zoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit bench}: the benchmarks, each a command of its own. */
@Command(
        name = "bench",
        subcommands = {BenchLayerCommand.class, BenchConvertCommand.class, BenchTrainCommand.class},
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = {"Measure this software against what is asked of it, as ratios within one run.", ""},
        commandListHeading = "%nCommands:%n",
        footer = {"", "'implicit bench COMMAND --help' explains a command."})
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Verbosity verbosity;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A benchmark is missing; there "
                        + (spec.subcommands().size() == 1 ? "is " : "are ")
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
