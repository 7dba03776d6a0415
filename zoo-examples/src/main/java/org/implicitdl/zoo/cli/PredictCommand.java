package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.fit.report.PredictionsCsv;
import org.implicitdl.zoo.report.OutputFile;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Names;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code implicit predict}: a fitted model, used on another table. */
@Command(
        name = "predict",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Predict the rows of a CSV file with a model that 'implicit fit' saved.",
            "",
            "The CSV file that is written has the line of each row, its label if FILE has that column, and the"
                    + " prediction: a class and the probabilities of all classes, or a number. Rows whose label the model"
                    + " knows are scored.",
            "",
            "A missing number is taken as the mean of the training rows. A missing or unknown category is none of those"
                    + " that are known, unless cells of its column were missing in training too. The console tells how many"
                    + " such cells there are.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  implicit fit iris",
            "  implicit predict results/fit/model.zip flowers.csv --out flowers-with-species.csv"
        })
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.zip of a fit.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description =
                    "A CSV file with the columns that the model was fitted to, in any order; others do no harm. Or"
                            + " the name of a shipped table.")
    private String source;

    @Mixin
    private CsvOptions format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "results/predict/predictions.csv",
            description = "The file that is written (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        Messages messages = new Messages(spec.commandLine());
        requireApart();
        OutputFile file = OutputFile.at(out);
        CsvTable table = format.read(source, spec.commandLine());
        FittedModel fitted = FittedModel.load(model);
        int[] rows = table.allRows();
        INDArray predicted = fitted.predict(table, rows);
        messages.say(
                "%s of %s: '%s' predicted%n",
                Count.of(rows.length, "row"), table.name(), fitted.label().name());
        fitted.remarks(table, rows).forEach(remark -> messages.say("%s%n", remark));
        messages.say("wrote %s%n", file.write(PredictionsCsv.of(fitted.label(), table, rows, predicted)));
        score(fitted, table, predicted, messages);
        return 0;
    }

    private void requireApart() {
        List<NamedFile> read = new ArrayList<>(CsvOptions.files("FILE", source));
        read.add(new NamedFile("MODEL", model));
        NamedFile.requireApart(spec.commandLine(), read, List.of(new NamedFile("--out", out)));
    }

    private void score(FittedModel fitted, CsvTable table, INDArray predicted, Messages messages) {
        Label label = fitted.label();
        int[] known = label.knownRows(table);
        int unknown = label.unknownRows(table).length;
        if (known.length > 0) {
            Score score = Score.of(label, label.encode(table, known), predicted.getRows(known));
            messages.say("where the label is known: %s%n", score.headline());
        }
        if (unknown > 0) {
            messages.say(
                    "not scored: %s whose '%s' is not among what the model predicts, %s%n",
                    Count.of(unknown, "row"),
                    label.name(),
                    label.task() == Task.REGRESSION ? "numbers" : Names.some(label.classes()));
        }
    }
}
