package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.fit.report.FitReport;
import org.implicitdl.zoo.fit.report.FitTables;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code implicit fit}: a network for any table. */
@Command(
        name = "fit",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fit a network to a CSV file and test it on rows that are held out.",
            "",
            "Columns of text become categories, missing values (empty, ?, NA, NaN) are filled in, numbers are normalized;"
                    + " all of this is saved with the model, for 'implicit predict'.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  summary.md        settings, test scores, what the columns are",
            "  predictions.csv   the test rows: true and predicted values, probabilities",
            "  test.png          confusion matrix, or true against predicted values",
            "  model.zip         network, normalizer and transformation of the columns"
        })
final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A CSV file, plain or gzipped; or one of the shipped tables: iris, wine, breast-cancer, digits,"
                            + " diabetes.")
    private String source;

    @Mixin
    private TableOptions table;

    @Option(
            names = "--trainer",
            paramLabel = "bcd|rmsprop|adam",
            defaultValue = "bcd",
            description = "Block coordinate descent, or back-propagation by an updater (default: ${DEFAULT-VALUE}).")
    private TrainerChoice trainer;

    @Option(
            names = "--sweeps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of block coordinate descent (default: ${DEFAULT-VALUE}).")
    private int sweeps;

    @Option(
            names = "--ridge",
            paramLabel = "R",
            defaultValue = "1e-3",
            description = "Of block coordinate descent: the penalty on weights (default: ${DEFAULT-VALUE}).")
    private double ridge;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of back-propagation (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Rows for one update of back-propagation (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            defaultValue = "0.003",
            description = "Of back-propagation (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            defaultValue = "16",
            description = "Widths of the hidden layers (default: ${DEFAULT-VALUE}).")
    private List<Integer> hidden;

    @Option(
            names = "--state",
            paramLabel = "N",
            defaultValue = "0",
            description = "An implicit layer of so many states instead of hidden layers.")
    private int state;

    @Option(
            names = "--activation",
            paramLabel = "PHI",
            defaultValue = "tanh",
            description = "Of the hidden layers or the states (default: ${DEFAULT-VALUE}).")
    private Activation activation;

    @Option(
            names = "--test",
            paramLabel = "PART",
            defaultValue = "0.2",
            description = "The part of the rows that is held out, of every class alike (default: ${DEFAULT-VALUE}).")
    private double heldOut;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the weights and of the choice of rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "${env:OMP_NUM_THREADS:-1}",
            description = "Threads of ND4J and BLAS (default: OMP_NUM_THREADS if set, otherwise 1).")
    private int threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/fit",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    /** What {@code --trainer} takes. */
    enum TrainerChoice {
        BCD,
        RMSPROP,
        ADAM
    }

    @Override
    public Integer call() {
        check();
        TableData data = table.read(source, spec);
        PrintWriter console = spec.commandLine().getOut();
        console.println(data.schema().description().toText());
        console.flush();
        OutputFolder folder = OutputFolder.open(out);
        Threads.use(threads);
        FitResults results =
                TableFit.run(new FitSettings(trainerSettings(), hidden, state, activation, heldOut, seed), data);
        console.printf(
                Locale.ROOT,
                "%s, trained by %s in %.2f s%n%n",
                results.settings().networkDescription(),
                results.settings().trainer(),
                results.seconds());
        console.println(FitTables.test(results).toText());
        console.println(FitTables.headline(results));
        FitReport.write(results, List.of(Threads.description(threads), Machine.description()), folder)
                .forEach(file -> console.println("wrote " + file));
        console.flush();
        return 0;
    }

    private void check() {
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.atLeastOne("--sweeps", sweeps);
        numbers.positive("--ridge", ridge);
        numbers.atLeastOne("--epochs", epochs);
        numbers.atLeastOne("--batch", batch);
        numbers.positive("--learning-rate", learningRate);
        numbers.betweenZeroAndOne("--test", heldOut);
        numbers.atLeastOne("--threads", threads);
        hidden.forEach(width -> numbers.atLeastOne("--hidden", width));
        if (spec.commandLine().getParseResult().hasMatchedOption("--state")) {
            numbers.atLeastOne("--state", state);
        }
    }

    private TrainerSettings trainerSettings() {
        return switch (trainer) {
            case BCD -> BcdSettings.withDefaults().withSweeps(sweeps).withRidge(ridge);
            case RMSPROP -> new BackPropagationSettings(new RmsProp(learningRate), epochs, batch);
            case ADAM -> new BackPropagationSettings(new Adam(learningRate), epochs, batch);
        };
    }
}
