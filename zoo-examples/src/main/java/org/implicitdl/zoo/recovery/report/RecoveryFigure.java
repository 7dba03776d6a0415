package org.implicitdl.zoo.recovery.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryOutcome;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Scale;

/** The paper's Figure 2: the column norms of the learned B, beside those of the true one, on the first trial. */
final class RecoveryFigure {
    private static final Color LEARNED = new Color(0x0072B2);
    private static final Color TRUE = new Color(0x333333);

    private RecoveryFigure() {}

    static Figure of(List<RecoveryMethod> methods, List<RecoveryOutcome> outcomes) {
        double[] truth = outcomes.get(0).trial().truth().inputNorms();
        List<List<Panel>> rows = new ArrayList<>();
        for (RecoveryMethod method : methods) {
            RecoveryOutcome first = outcomes.stream()
                    .filter(outcome -> outcome.method().equals(method.id()))
                    .findFirst()
                    .orElseThrow();
            rows.add(List.of(
                    panel(method.name(), LEARNED, first.recovery().scores()), panel("true model", TRUE, truth)));
        }
        return new Figure(
                "Column norms of B above D (§7.2, Figure 2), learned (left) and true",
                "Trial 1; each relative to its largest, as states have no scale of their own; for the Lasso the"
                        + " coefficients.",
                rows);
    }

    /** A stick for every input. */
    private static Panel panel(String title, Color color, double[] norms) {
        double largest = Math.max(Arrays.stream(norms).max().orElse(0), Double.MIN_NORMAL);
        double[] x = new double[3 * norms.length];
        double[] y = new double[3 * norms.length];
        for (int j = 0; j < norms.length; j++) {
            Arrays.fill(x, 3 * j, 3 * j + 3, j + 1);
            y[3 * j + 1] = norms[j] / largest;
        }
        Band sticks = new Band(title, color, false, x, y, y, y);
        return new Panel(title, "input", Scale.LINEAR, "relative norm", Scale.LINEAR_FROM_ZERO, 1, List.of(sticks));
    }
}
