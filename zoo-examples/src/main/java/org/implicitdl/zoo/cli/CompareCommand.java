package org.implicitdl.zoo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.compare.Comparison;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.ComparisonSettings;
import org.implicitdl.zoo.compare.report.ComparisonReport;
import org.implicitdl.zoo.compare.report.ComparisonSummary;
import org.implicitdl.zoo.compare.report.ComparisonTables;
import org.implicitdl.zoo.compare.search.SearchUi;
import org.implicitdl.zoo.compare.search.SearchWatcher;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.TableData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code implicit compare}: block coordinate descent beside back-propagation on any table. */
@Command(
        name = "compare",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compare block coordinate descent with RMSProp, or other trainers, on a table.",
            "",
            "Nested cross-validation: in every split Arbiter searches for the options of each trainer with the same budget,"
                    + " on the training rows alone; the best candidate is trained again on all of them and tested on the"
                    + " rows that were held out. The scores of the same rows are compared in pairs.",
            ""
        },
        footer = {
            "",
            "Files, in DIR:",
            "  summary.md              scores, paired comparison, times, settings, what was chosen",
            "  candidates.csv          every candidate: settings, validation scores, seconds of training",
            "  splits.csv              every test: what was chosen, scores on all parts of the rows",
            "  best-so-far.png         the best score of a search against the time that its trainings took",
            "  score-against-time.png  every candidate's score against the time of its training",
            "  spread.png              the spread of the scores over candidates and splits",
            "",
            "The same seed gives the same scores, unless a search runs out of time.",
            "",
            "Examples:",
            "  implicit compare",
            "  implicit compare --data digits --minutes 20",
            "  implicit compare --data houses.csv --label price --trainers bcd,adam,rmsprop --ui"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "NAME|FILE",
            defaultValue = "iris",
            description =
                    "One of the shipped tables, iris, wine, breast-cancer, digits, diabetes; or a CSV file in UTF-8,"
                            + " plain or gzipped (default: ${DEFAULT-VALUE}).")
    private String source;

    @Mixin
    private ColumnOptions columns;

    @Mixin
    private ComparisonOptions comparison;

    @Mixin
    private ThreadOption threads;

    @Option(
            names = "--ui",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "9000",
            description = "Open Arbiter's own UI at this port (without one: ${FALLBACK-VALUE}).")
    private Integer uiPort;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/compare",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() throws IOException {
        ComparisonSettings settings = settings();
        NamedFile.requireApart(
                spec.commandLine(),
                CsvOptions.files("--data", source),
                NamedFile.ofReport(out, ComparisonReport.FILES));
        TableData data = columns.read(source, spec.commandLine());
        if (settings.splits() > data.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The number for --splits must be at most that of the rows, " + data.size() + ", but is "
                            + settings.splits());
        }
        OutputFolder folder = OutputFolder.open(out);
        threads.use();
        Messages output = new Messages(spec.commandLine());
        output.say(
                "%s: %s, %s, %s each, seed %d; results go to %s%n%n",
                data.table().name(),
                Count.of(data.size(), "row"),
                Count.of(settings.splits(), "split"),
                Count.of(settings.budget().candidates(), "candidate"),
                settings.seed(),
                out);
        if (uiPort == null) {
            run(settings, data, SearchWatcher.none(), folder, output);
            return 0;
        }
        try (SearchUi ui = SearchUi.open(uiPort)) {
            output.say("Arbiter's UI: %s%n%n", ui.address());
            run(settings, data, ui, folder, output);
            output.keepOpen("Arbiter's UI");
        }
        return 0;
    }

    private void run(
            ComparisonSettings settings, TableData data, SearchWatcher watcher, OutputFolder folder, Messages output) {
        ComparisonResults results;
        try (Progress progress = Progress.onConsole("compare", settings.steps())) {
            results = Comparison.run(settings, data, progress, watcher);
        }
        output.say(
                "%n%s%n%s%n",
                ComparisonTables.trainers(results).toText(),
                ComparisonTables.pairs(results).toText());
        ComparisonSummary.verdicts(results).forEach(verdict -> output.say("%s%n", verdict));
        ComparisonSummary.warnings(results).forEach(warning -> output.say("%s%n", warning));
        output.say("%n");
        ComparisonReport.write(results, List.of(threads.description(), Machine.description()), folder)
                .forEach(file -> output.say("wrote %s%n", file));
    }

    private ComparisonSettings settings() {
        Requirement numbers = new Requirement(spec.commandLine());
        threads.check(numbers);
        if (uiPort != null) {
            numbers.port("--ui", uiPort);
        }
        return comparison.settings(spec.commandLine());
    }
}
