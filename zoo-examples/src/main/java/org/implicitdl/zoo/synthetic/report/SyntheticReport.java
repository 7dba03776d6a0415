package org.implicitdl.zoo.synthetic.report;

import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.synthetic.SyntheticResults;

/** Writes what an experiment leaves behind. */
public final class SyntheticReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("synthetic.csv", "figure1.png", "summary.md");

    private SyntheticReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the summary
     * @return their paths
     */
    public static List<Path> write(SyntheticResults results, List<String> circumstances, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), SyntheticCsv.of(results)),
                folder.write(FILES.get(1), SyntheticFigure.of(results)),
                folder.write(FILES.get(2), SyntheticSummary.markdown(results, circumstances)));
    }
}
