package org.implicitdl.zoo.classify.report;

import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.report.OutputFolder;

/** Writes what a classification leaves behind. */
public final class ClassificationReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of(
            "summary.md",
            "learning-curve.png",
            "confusion.png",
            "mistakes.png",
            "epochs.csv",
            "updates.csv",
            "model.zip");

    private ClassificationReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the summary
     * @return their paths
     * @throws IllegalStateException if the model, read again, gives another output
     */
    public static List<Path> write(ClassificationResults results, List<String> circumstances, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), ClassificationSummary.markdown(results, circumstances)),
                folder.write(FILES.get(1), LearningCurveFigure.of(results)),
                folder.write(FILES.get(2), TestPictures.confusion(results)),
                folder.write(FILES.get(3), TestPictures.mistakes(results)),
                folder.write(FILES.get(4), ClassificationCsv.epochs(results)),
                folder.write(FILES.get(5), ClassificationCsv.updates(results)),
                SavedModel.write(results, FILES.get(6), folder));
    }
}
