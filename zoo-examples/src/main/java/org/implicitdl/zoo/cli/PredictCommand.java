package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.fit.report.Predictions;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.table.CsvFormat;
import org.implicitdl.zoo.table.CsvTable;
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
        description = {"Predict the rows of a CSV file with a model that 'implicit fit' saved.", ""},
        footer = {
            "",
            "Files, in DIR:",
            "  predictions.csv   line, the label if the file has it, the prediction, probabilities of the classes"
        })
final class PredictCommand implements Callable<Integer> {
    private static final String FILE = "predictions.csv";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.zip of a fit.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A CSV file with the columns that the model was fitted to, in any order; others do no harm.")
    private Path file;

    @Option(
            names = "--header",
            negatable = true,
            description = "The first line names the columns, or does not (default: it does unless it has a number).")
    private Boolean header;

    @Option(names = "--delimiter", paramLabel = "C", description = "What stands between cells (default: detected).")
    private Character delimiter;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/predict",
            description = "Folder for the file, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private Verbosity verbosity;

    @Override
    public Integer call() {
        CsvTable table =
                CsvTable.read(file, new CsvFormat(Optional.ofNullable(header), Optional.ofNullable(delimiter)));
        FittedModel fitted = FittedModel.load(model);
        int[] rows = IntStream.range(0, table.rows().size()).toArray();
        Path written =
                OutputFolder.open(out).write(FILE, Predictions.csv(fitted, table, rows, fitted.predict(table, rows)));
        PrintWriter console = spec.commandLine().getOut();
        console.println(rows.length + " rows predicted: " + fitted.label());
        console.println("wrote " + written);
        console.flush();
        return 0;
    }
}
