package org.implicitdl.zoo.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryOutcome;
import org.implicitdl.zoo.report.Statistics;
import org.implicitdl.zoo.report.Table;

/** How well every method found the inputs: means over the trials, and the largest of ‖A‖∞ and of the times. */
public final class RecoveryTable {
    private static final List<String> HEADER = List.of(
            "method",
            "exact support",
            "precision",
            "recall",
            "AUC",
            "selected",
            "test error",
            "max ‖A‖∞",
            "max seconds");

    private RecoveryTable() {}

    /** The table. */
    public static Table of(List<RecoveryMethod> methods, List<RecoveryOutcome> outcomes) {
        List<List<String>> rows = new ArrayList<>();
        for (RecoveryMethod method : methods) {
            List<RecoveryOutcome> own = outcomes.stream()
                    .filter(outcome -> outcome.method().equals(method.id()))
                    .toList();
            long exact = own.stream().filter(RecoveryOutcome::isExact).count();
            rows.add(List.of(
                    method.name(),
                    exact + " of " + own.size(),
                    mean(own, "%.3f", RecoveryOutcome::precision),
                    mean(own, "%.3f", RecoveryOutcome::recall),
                    mean(own, "%.4f", RecoveryOutcome::auc),
                    mean(own, "%.1f", outcome -> outcome.recovery().support().size()),
                    mean(own, "%.3f", RecoveryOutcome::relativeTestError),
                    stateNorm(own),
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            own.stream()
                                    .mapToDouble(RecoveryOutcome::seconds)
                                    .max()
                                    .orElseThrow())));
        }
        return new Table(HEADER, rows);
    }

    private static String mean(List<RecoveryOutcome> outcomes, String format, ToDoubleFunction<RecoveryOutcome> value) {
        double mean =
                Statistics.of(outcomes.stream().mapToDouble(value).toArray()).mean();
        return String.format(Locale.ROOT, format, mean);
    }

    private static String stateNorm(List<RecoveryOutcome> outcomes) {
        return outcomes.stream().flatMapToDouble(outcome -> outcome.recovery().stateNorm().stream()).max().stream()
                .mapToObj(norm -> String.format(Locale.ROOT, "%.4f", norm))
                .findFirst()
                .orElse("–");
    }
}
