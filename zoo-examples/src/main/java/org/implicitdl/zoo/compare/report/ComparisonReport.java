package org.implicitdl.zoo.compare.report;

import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.report.OutputFolder;

/** Writes what a comparison leaves behind. */
public final class ComparisonReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of(
            "summary.md", "candidates.csv", "splits.csv", "best-so-far.png", "score-against-time.png", "spread.png");

    private ComparisonReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the summary
     * @return their paths
     */
    public static List<Path> write(ComparisonResults results, List<String> circumstances, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), ComparisonSummary.of(results, circumstances)),
                folder.write(FILES.get(1), ComparisonCsv.candidates(results)),
                folder.write(FILES.get(2), ComparisonCsv.splits(results)),
                folder.write(FILES.get(3), SearchFigure.bestSoFar(results)),
                folder.write(FILES.get(4), ComparisonFigures.scoreAgainstTime(results)),
                folder.write(FILES.get(5), ComparisonFigures.spread(results)));
    }
}
