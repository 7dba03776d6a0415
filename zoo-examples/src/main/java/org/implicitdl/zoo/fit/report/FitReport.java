package org.implicitdl.zoo.fit.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.report.ConfusionMatrix;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Printable;
import org.implicitdl.zoo.report.ScatterPlot;
import org.implicitdl.zoo.table.Task;

/** Writes what a fit leaves behind. */
public final class FitReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("report.md", "predictions.csv", "held-out.png", "model.zip");

    private static final String FILES_EXPLAINED = """

            `predictions.csv` has the held-out rows; `model.zip` has the network with all that leads from the columns to
            its features, for `implicit predict model.zip FILE`. It was read again and gave the same predictions.
            """;

    private FitReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the report
     * @return their paths
     * @throws IllegalStateException if the model, read again, gives another output
     */
    public static List<Path> write(FitResults results, List<String> circumstances, OutputFolder folder) {
        // The report comes last: it says of the others that they are there, and of the model that it was checked.
        Path model = model(results, FILES.get(3), folder);
        Path predictions = folder.write(
                FILES.get(1),
                PredictionsCsv.of(
                        results.label(), results.data().table(), results.split().heldOut(), results.predicted()));
        Path picture = folder.write(FILES.get(2), picture(results));
        Path report = folder.write(FILES.get(0), markdown(results, circumstances));
        return List.of(report, predictions, picture, model);
    }

    /** A model that is not the one that was trained must not be found out by who uses it. */
    private static Path model(FitResults results, String name, OutputFolder folder) {
        Path file = results.model().save(name, folder);
        if (!FittedModel.load(file)
                .predict(results.data().table(), results.split().heldOut())
                .equalsWithEps(results.predicted(), 0)) {
            throw new IllegalStateException("The model, read again from '" + file
                    + "', must give the outputs of the trained network, but does not; do not use this file.");
        }
        return file;
    }

    private static OutputFolder.Content picture(FitResults results) {
        String title = results.data().table().name() + ": " + results.label().name() + " of the held-out rows";
        String caption = results.heldOutScore().headline();
        return results.label().task() == Task.CLASSIFICATION
                ? new ConfusionMatrix(title, caption, results.label().classes(), FitTables.confusion(results))
                : new ScatterPlot(
                        title,
                        caption,
                        results.label().name(),
                        results.expected().ravel().toDoubleVector(),
                        results.predicted().ravel().toDoubleVector());
    }

    private static String markdown(FitResults results, List<String> circumstances) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "# %s: %s from %s\n\n**Held out: %s.**\n\n",
                Printable.of(results.data().table().name()),
                Printable.of(results.label().name()),
                Count.of(results.model().transform().columns().size(), "feature"),
                results.heldOutScore().headline()));
        settings(results).forEach(line -> text.append("- ").append(line).append('\n'));
        circumstances.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n## Scores\n\n").append(FitTables.scores(results).toMarkdown());
        FitTables.classes(results)
                .ifPresent(classes ->
                        text.append("\n## Held-out rows by class\n\n").append(classes.toMarkdown()));
        return text.append("\n![Held-out rows](held-out.png)\n\n## Columns\n\n")
                .append(results.data().schema().description().toMarkdown())
                .append(FILES_EXPLAINED)
                .toString();
    }

    private static List<String> settings(FitResults results) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s for training, %,d held out; seed %d",
                        Count.of(results.split().train().length, "row"),
                        results.split().heldOut().length,
                        results.settings().seed()),
                String.format(
                        Locale.ROOT,
                        "%s, %s",
                        results.settings().shape().description(),
                        Count.of(results.model().network().numParams(), "parameter")),
                String.format(
                        Locale.ROOT,
                        "trained by %s in %.2f s",
                        results.settings().trainer(),
                        results.seconds()));
    }
}
