package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.zoo.recovery.RecoveryExperiment;
import org.implicitdl.zoo.recovery.RecoveryOutcome;
import org.implicitdl.zoo.recovery.RecoveryProblem;
import org.implicitdl.zoo.recovery.method.RecoveryMethods;
import org.implicitdl.zoo.recovery.report.RecoveryReport;
import org.implicitdl.zoo.recovery.report.RecoveryTable;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code implicit recovery}: the experiment of §7.2 and its Figure 2. */
@Command(
        name = "recovery",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reproduce the paper's recovery experiment (section 7.2, Figure 2).",
            "",
            "Random implicit models of 20 states, in which 10 of 100 inputs act, make 400 samples. Models of 10 states"
                    + " find these inputs again, beside the Lasso.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  recovery.csv   support, scores, errors and times of every trial and method",
            "  norms.csv      column norms, learned and true",
            "  figure2.png    the column norms of the first trial",
            "  summary.md     table and settings",
            "",
            "The default takes about two minutes on two cores."
        })
final class RecoveryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "10",
            description = "Random models, at least 1 (default: ${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all that is random; trial i is the same whatever N is (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/recovery",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        new Requirement(spec.commandLine()).atLeastOne("--trials", trials);
        RecoveryExperiment experiment =
                new RecoveryExperiment(new RecoveryProblem(seed), RecoveryMethods.all(), trials);
        OutputFolder folder = OutputFolder.open(out);
        PrintWriter console = spec.commandLine().getOut();
        console.printf("Trials: %d, seed: %d; results go to %s%n%n", trials, seed, out);
        console.flush();
        List<RecoveryOutcome> outcomes;
        try (Progress progress = Progress.onConsole("recovery", experiment.steps())) {
            outcomes = experiment.run(progress);
        }
        List<Path> files = RecoveryReport.write(experiment, outcomes, List.of(Machine.description()), folder);
        console.println(RecoveryTable.of(experiment.methods(), outcomes).toText());
        files.forEach(file -> console.println("wrote " + file));
        console.flush();
        return 0;
    }
}
