package org.implicitdl.zoo.recovery.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.recovery.RecoveryExperiment;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryOutcome;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.OutputFolder;

/** Writes what an experiment leaves behind. */
public final class RecoveryReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("recovery.csv", "norms.csv", "figure2.png", "summary.md");

    private RecoveryReport() {}

    /**
     * Writes the files.
     *
     * @param circumstances of the run, such as the machine, line by line for the summary
     * @return their paths
     */
    public static List<Path> write(
            RecoveryExperiment experiment,
            List<RecoveryOutcome> outcomes,
            List<String> circumstances,
            OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), results(outcomes)),
                folder.write(FILES.get(1), norms(outcomes)),
                folder.write(FILES.get(2), RecoveryFigure.of(experiment.methods(), outcomes)),
                folder.write(FILES.get(3), summary(experiment, outcomes, circumstances)));
    }

    private static CsvFile results(List<RecoveryOutcome> outcomes) {
        List<String> header = List.of(
                "trial",
                "method",
                "exact",
                "precision",
                "recall",
                "auc",
                "selected",
                "test_error",
                "a_norm",
                "seconds");
        return new CsvFile(header, outcomes.stream().map(RecoveryReport::line).toList());
    }

    private static List<Object> line(RecoveryOutcome outcome) {
        java.util.OptionalDouble norm = outcome.recovery().stateNorm();
        return List.of(
                outcome.trial().number(),
                outcome.method(),
                outcome.isExact(),
                outcome.precision(),
                outcome.recall(),
                outcome.auc(),
                outcome.recovery().support().size(),
                outcome.relativeTestError(),
                norm.isPresent() ? norm.getAsDouble() : "",
                outcome.seconds());
    }

    private static CsvFile norms(List<RecoveryOutcome> outcomes) {
        List<List<Object>> lines = new ArrayList<>();
        for (RecoveryOutcome outcome : outcomes) {
            double[] truth = outcome.trial().truth().inputNorms();
            for (int j = 0; j < truth.length; j++) {
                boolean selected = outcome.recovery().support().contains(j);
                lines.add(List.of(
                        outcome.trial().number(),
                        outcome.method(),
                        j + 1,
                        truth[j],
                        outcome.recovery().scores()[j],
                        selected));
            }
        }
        return new CsvFile(List.of("trial", "method", "input", "true_norm", "learned_norm", "selected"), lines);
    }

    private static String summary(
            RecoveryExperiment experiment, List<RecoveryOutcome> outcomes, List<String> circumstances) {
        return "# Recovery of the inputs that matter (§7.2)\n\n"
                + "Twenty states made the data, ten are trained; 100 inputs, of which ten act; 400 samples without noise;"
                + " ‖A‖∞ ≤ 0.5.\n"
                + Count.of(experiment.trials(), "trial") + ", seed "
                + experiment.problem().seed() + ".\n\n"
                + RecoveryTable.of(experiment.methods(), outcomes).toMarkdown()
                + "\nNo method looks at the truth to decide the support. The test error is relative to the deviation of"
                + " the outputs from their mean.\n\n## Settings\n\n"
                + experiment.methods().stream().map(RecoveryReport::settings).collect(Collectors.joining())
                + circumstances.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    }

    private static String settings(RecoveryMethod method) {
        return "- " + method.name() + ": " + method.settings() + "\n";
    }
}
