package org.implicitdl.zoo.fit.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.report.ConfusionMatrix;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.ScatterPlot;
import org.implicitdl.zoo.table.Task;

/** Writes what a fit leaves behind. */
public final class FitReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("summary.md", "predictions.csv", "test.png", "model.zip");

    private FitReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the summary
     * @return their paths
     * @throws IllegalStateException if the model, read again, gives another output
     */
    public static List<Path> write(FitResults results, List<String> circumstances, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), summary(results, circumstances)),
                folder.write(
                        FILES.get(1),
                        Predictions.csv(
                                results.model(),
                                results.data().table(),
                                results.split().test(),
                                results.predicted())),
                folder.write(FILES.get(2), picture(results)),
                model(results, FILES.get(3), folder));
    }

    /** A model that is not the one that was trained must not be found out by who uses it. */
    private static Path model(FitResults results, String name, OutputFolder folder) {
        Path file = results.model().save(name, folder);
        if (!FittedModel.load(file)
                .predict(results.data().table(), results.split().test())
                .equals(results.predicted())) {
            throw new IllegalStateException("The model, read again from '" + file
                    + "', must give the outputs of the trained network, but does not; do not use this file.");
        }
        return file;
    }

    private static OutputFolder.Content picture(FitResults results) {
        String title = results.data().table().name() + ": "
                + results.data().schema().label().name();
        return results.data().task() == Task.CLASSIFICATION
                ? new ConfusionMatrix(
                        title, FitTables.headline(results), results.model().classes(), results.confusion())
                : new ScatterPlot(
                        title,
                        FitTables.headline(results),
                        results.model().label(),
                        results.expected().ravel().toDoubleVector(),
                        results.predicted().ravel().toDoubleVector());
    }

    private static String summary(FitResults results, List<String> circumstances) {
        StringBuilder text =
                new StringBuilder("# " + results.data().table().name() + ": " + FitTables.headline(results) + "\n\n");
        settings(results).forEach(line -> text.append("- ").append(line).append('\n'));
        circumstances.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.append("\n## Test rows\n\n")
                .append(FitTables.test(results).toMarkdown())
                .append("\n![Test rows](test.png)\n\n## Columns\n\n")
                .append(results.data().schema().description().toMarkdown())
                .append("\n`predictions.csv` has the test rows, `model.zip` the network with its normalizer and the"
                        + " transformation of the columns; `implicit predict model.zip FILE.csv` uses it.\n")
                .toString();
    }

    private static List<String> settings(FitResults results) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d rows for training, %,d for the test; %,d features; seed %d",
                        results.split().train().length,
                        results.split().test().length,
                        results.model().transform().columns().size(),
                        results.settings().seed()),
                results.settings().networkDescription() + ", "
                        + String.format(
                                Locale.ROOT,
                                "%,d parameters",
                                results.model().network().numParams()),
                "trained by " + results.settings().trainer()
                        + String.format(Locale.ROOT, " in %.2f s", results.seconds()));
    }
}
