package org.implicitdl.zoo.race.report;

import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.race.RaceResults;
import org.implicitdl.zoo.report.OutputFolder;

/** Writes what a race leaves behind. */
public final class RaceReport {
    /** The names of the files. */
    public static final List<String> FILES =
            List.of("summary.md", "accuracy-seconds.png", "accuracy-epochs.png", "curves.csv", "search.csv");

    private RaceReport() {}

    /**
     * Writes the files; of a race that is still in its preparations the search alone.
     *
     * @param circumstances of the race, such as the machine, line by line for the summary
     * @return their paths
     */
    public static List<Path> write(RaceResults results, List<String> circumstances, OutputFolder folder) {
        if (results.rounds().isEmpty()) {
            return List.of(folder.write(FILES.get(4), RaceCsv.search(results)));
        }
        return List.of(
                folder.write(FILES.get(0), RaceSummary.markdown(results, circumstances)),
                folder.write(FILES.get(1), RaceFigure.againstSeconds(results)),
                folder.write(FILES.get(2), RaceFigure.againstEpochs(results)),
                folder.write(FILES.get(3), RaceCsv.curves(results)),
                folder.write(FILES.get(4), RaceCsv.search(results)));
    }
}
