package org.implicitdl.zoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit}: the command that holds all others. A further one is a class and a name in this list. */
@Command(
        name = "implicit",
        subcommands = {
            SyntheticCommand.class,
            RecoveryCommand.class,
            DigitsCommand.class,
            MnistCommand.class,
            FitCommand.class,
            PredictCommand.class,
            CompareCommand.class,
            ConvertCommand.class,
            ReduceCommand.class,
            CertifyCommand.class,
            BenchCommand.class
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = {
            "Implicit deep learning, y = Cx + Du with x = phi(Ax + Bu), for Deeplearning4j:",
            "the paper's experiments, networks for images and tables, conversions and certificates, each a command.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "'implicit COMMAND --help' explains a command.", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
final class ImplicitCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Verbosity verbosity;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A command is missing; there " + (spec.subcommands().size() == 1 ? "is " : "are ")
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
