package org.implicitdl.zoo.race.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.race.Candidate;
import org.implicitdl.zoo.race.CurvePoint;
import org.implicitdl.zoo.race.Prepared;
import org.implicitdl.zoo.report.Decimal;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Table;

/** How the hyperparameters were chosen: the accuracy on the validation images of every value that was tried. */
final class SearchTable {
    private static final List<String> ENTRANT = List.of("network", "trainer", "hyperparameter", "epochs");

    private SearchTable() {}

    static Table of(List<Prepared> entrants) {
        int most = entrants.stream()
                .mapToInt(ready -> ready.search().candidates().size())
                .max()
                .orElse(0);
        List<String> header = new ArrayList<>(ENTRANT);
        header.addAll(Collections.nCopies(most, "value: accuracy"));
        return new Table(
                header,
                entrants.stream().map(ready -> row(ready, header.size())).toList());
    }

    private static List<String> row(Prepared ready, int width) {
        Candidate best = ready.best();
        List<String> cells = new ArrayList<>(List.of(
                ready.entrant().architecture().id(),
                ready.entrant().trainer().id(),
                ready.entrant().trainer().hyperparameter(),
                epochs(best)));
        ready.search().candidates().forEach(candidate -> cells.add(cell(candidate)));
        cells.addAll(Collections.nCopies(width - cells.size(), ""));
        return cells;
    }

    private static String epochs(Candidate best) {
        return String.format(
                Locale.ROOT, "%.1f", best.curve().last().orElseThrow().epochs());
    }

    private static String cell(Candidate candidate) {
        return Decimal.of(candidate.value()) + ": "
                + candidate
                        .curve()
                        .last()
                        .map(CurvePoint::validationAccuracy)
                        .map(Percent::of)
                        .orElse("failed");
    }
}
