package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.synthetic.Covariance;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.SyntheticExperiment;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.method.ConvertedNetwork;
import org.implicitdl.zoo.synthetic.method.Methods;
import org.implicitdl.zoo.synthetic.report.SyntheticReport;
import org.implicitdl.zoo.synthetic.report.SyntheticTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit synthetic}: the experiment of §7.1 and its Figure 1. */
@Command(
        name = "synthetic",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reproduce the paper's synthetic experiment (section 7.1, Figure 1).",
            "",
            "Random sparse tanh networks (20-12-6-5, no biases) label random inputs. Every method fits each of them:"
                    + " predicting zero, linear least squares, DL4J's RMSProp, and block coordinate descent.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  synthetic.csv   trial, covariance, method, iteration, train_rmse, test_rmse, seconds",
            "  figure1.png     errors against iterations and against seconds",
            "  summary.md      tables, settings, how to read the figure",
            "",
            "The default takes two to three minutes on two cores, both covariances twice as long; the paper has 50 trials."
        })
final class SyntheticCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "Random networks for each" + " covariance, at least 1 (default: ${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "Seed of all that is random; trial i" + " is the same whatever N is (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--covariance",
            paramLabel = "paper|shared|both",
            defaultValue = "shared",
            description =
                    "Inputs as"
                            + " the paper has them (singular covariance, another one for test), with one positive definite"
                            + " covariance for training and test, or first the one and then the other (default: ${DEFAULT-VALUE}).")
    private CovarianceChoice covariance;

    @Option(
            names = "--methods",
            paramLabel = "ID",
            split = ",",
            description = "Only these methods, of ${COMPLETION-CANDIDATES}" + " (default: all).",
            completionCandidates = MethodIds.class)
    private List<String> methods = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/synthetic",
            description = "Folder for the" + " files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private ThreadOption threads;

    @Mixin
    private Verbosity verbosity;

    /** What {@code --covariance} takes. */
    enum CovarianceChoice {
        PAPER(Covariance.PAPER),
        SHARED(Covariance.SHARED),
        BOTH(Covariance.PAPER, Covariance.SHARED);

        private final List<Covariance> covariances;

        CovarianceChoice(Covariance... covariances) {
            this.covariances = List.of(covariances);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What {@code --methods} takes, for the help text. */
    static final class MethodIds implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Methods.all().stream().map(FittingMethod::id).iterator();
        }
    }

    @Override
    public Integer call() {
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.atLeastOne("--trials", trials);
        threads.check(numbers);
        SyntheticExperiment experiment =
                new SyntheticExperiment(new SyntheticProblem(seed), covariance.covariances, chosenMethods(), trials);
        OutputFolder folder = OutputFolder.open(out);
        PrintWriter console = spec.commandLine().getOut();
        console.printf(
                "Trials: %d, covariance: %s, seed: %d, methods: %d; results go to %s%n",
                trials, covariance, seed, experiment.methods().size(), out);
        console.flush();

        threads.use();
        String conversion = ConvertedNetwork.create(seed).description();
        console.println(capitalized(conversion));
        console.flush();
        SyntheticResults results;
        try (Progress progress = Progress.onConsole("synthetic", experiment.steps())) {
            results = experiment.run(progress);
        }
        List<Path> files = SyntheticReport.write(results, circumstances(conversion), folder);
        print(console, results, files);
        return 0;
    }

    private static void print(PrintWriter console, SyntheticResults results, List<Path> files) {
        for (SyntheticResults.TunedMethods tuned : results.methods()) {
            console.printf("%nCovariance %s%n%n", tuned.covariance().description());
            console.println(SyntheticTables.errors(results, tuned).toText());
            console.print(SyntheticTables.gaps(results, tuned).toText());
        }
        console.println();
        files.forEach(file -> console.println("wrote " + file));
        console.flush();
    }

    private List<FittingMethod> chosenMethods() {
        List<FittingMethod> all = Methods.all();
        for (String id : methods) {
            if (all.stream().noneMatch(method -> method.id().equals(id))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no method '" + id + "' for --methods; there are "
                                + all.stream().map(FittingMethod::id).collect(Collectors.joining(", ")));
            }
        }
        return all.stream()
                .filter(method -> methods.isEmpty() || methods.contains(method.id()))
                .toList();
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private List<String> circumstances(String conversion) {
        return List.of(
                conversion,
                threads.description() + "; block coordinate descent works on all processors",
                Machine.description());
    }
}
