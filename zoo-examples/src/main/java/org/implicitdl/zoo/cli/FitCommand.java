package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.text.Count;
import org.implicitdl.train.UnsupportedNetworkException;
import org.implicitdl.zoo.fit.FitAdvice;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.NetworkShape;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.fit.report.FitReport;
import org.implicitdl.zoo.fit.report.FitTables;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.TableData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit fit}: a network for any table. */
@Command(
        name = "fit",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fit a network to a CSV file, and test it on rows that are held out.",
            "",
            "The columns are understood first and shown: numbers; categories, which are columns of at most 50 different"
                    + " texts; other texts are left out. Missing cells (empty, ?, NA, NaN, null) become the mean of their"
                    + " column, or a category of their own. What looks odd in a column is noted beside it. Features are normalized, and so are the labels of a"
                    + " regression. All of this is saved with the model, for 'implicit predict'.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  report.md         settings, scores, what the columns are",
            "  predictions.csv   the held-out rows: true and predicted values, probabilities",
            "  held-out.png      confusion matrix, or true against predicted values",
            "  model.zip         the network with all that leads from the columns to its features",
            "",
            "What is found: block coordinate descent by batches of rows finds what features say together, such as the"
                    + " sign of a product; on all rows at once, as with --states and --ridge, its sweeps find little"
                    + " beyond what each of them says alone, but a polish after them (--polish 12) does."
                    + " A fit that is not clearly better than the most frequent class, or the mean, says so, with what to"
                    + " try.",
            "",
            "Examples:",
            "  implicit fit iris",
            "  implicit fit diabetes --trainer adam --hidden 16,8",
            "  implicit fit houses.csv --label price --ignore id,address --states 20 --out results/houses",
            "  implicit predict results/houses/model.zip new-houses.csv"
        })
final class FitCommand implements Callable<Integer> {
    private static final int COLUMNS_SHOWN = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableOptions table;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private TrainerOptions trainer;

    @Option(
            names = "--held-out",
            paramLabel = "PART",
            defaultValue = "0.2",
            description = "The part of the rows that is held out, of every class alike (default: ${DEFAULT-VALUE}).")
    private double heldOut;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the initial weights and of the choice of rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ThreadOption threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/fit",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        Messages messages = new Messages(spec.commandLine());
        FitSettings settings = settings();
        NamedFile.requireApart(spec.commandLine(), table.files(), NamedFile.ofReport(out, FitReport.FILES));
        TableData data = table.read(spec.commandLine());
        messages.say(
                "%s: %s%n%n%s%n",
                data.table().name(),
                Count.of(data.size(), "row"),
                data.schema().description(COLUMNS_SHOWN).toText());
        OutputFolder folder = OutputFolder.open(out);
        threads.use();
        FitResults results;
        try (Progress progress = Progress.onConsole("fit", settings.trainer().epochs())) {
            results = TableFit.run(settings, data, data.holdingOut(heldOut, seed), progress);
        }
        messages.say(
                "%s, trained by %s in %.2f s%n%n%s%n",
                settings.shape().description(),
                settings.trainer(),
                results.seconds(),
                FitTables.scores(results).toText());
        FitTables.classes(results).ifPresent(classes -> messages.say("%s%n", classes.toText()));
        FitAdvice.of(results).forEach(line -> messages.say("%s%n%n", line));
        FitReport.write(results, List.of(threads.description(), Machine.description()), folder)
                .forEach(file -> messages.say("wrote %s%n", file));
        return 0;
    }

    private FitSettings settings() {
        Requirement numbers = new Requirement(spec.commandLine());
        numbers.betweenZeroAndOne("--held-out", heldOut);
        threads.check(numbers);
        NetworkShape shape = network.shape(numbers);
        FitSettings settings = new FitSettings(trainer.settings(shape, spec.commandLine()), shape, seed);
        try {
            TableFit.requireTrainable(settings);
        } catch (UnsupportedNetworkException | DL4JInvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return settings;
    }
}
