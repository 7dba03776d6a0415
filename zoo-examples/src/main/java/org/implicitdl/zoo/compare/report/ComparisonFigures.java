package org.implicitdl.zoo.compare.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.report.Palette;
import org.implicitdl.zoo.report.PointFigure;
import org.implicitdl.zoo.report.Points;
import org.implicitdl.zoo.report.Sample;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.SpreadFigure;

/** The pictures: every candidate's score against the time of its training, and the spread of the scores. */
final class ComparisonFigures {

    /** R² has no lower bound: one reckless candidate would leave no room for the others. */
    private static final double LOWEST_DRAWN = -0.25;

    private ComparisonFigures() {}

    static PointFigure scoreAgainstTime(ComparisonResults results) {
        List<Points> kinds = new ArrayList<>();
        for (Contender contender : results.settings().contenders()) {
            List<TriedCandidate> candidates = ComparisonTables.candidates(results, contender);
            kinds.add(new Points(
                    contender.name(),
                    color(results, contender),
                    ComparisonTables.seconds(candidates),
                    drawn(results, ComparisonTables.validation(candidates))));
        }
        return new PointFigure(
                results.data().table().name() + ": score against time, candidate by candidate",
                "Validation rows; the time is that of the training alone, on a logarithmic axis." + clipped(results),
                "seconds of training",
                Scale.LOGARITHMIC,
                axis(results, "validation "),
                kinds);
    }

    static SpreadFigure spread(ComparisonResults results) {
        List<Sample> samples = new ArrayList<>();
        for (Contender contender : results.settings().contenders()) {
            samples.add(new Sample(
                    contender.name() + ", all candidates",
                    color(results, contender),
                    drawn(results, ComparisonTables.validation(ComparisonTables.candidates(results, contender)))));
        }
        for (Contender contender : results.settings().contenders()) {
            samples.add(new Sample(
                    contender.name() + ", tested",
                    color(results, contender),
                    drawn(
                            results,
                            results.of(contender).stream()
                                    .mapToDouble(outcome -> outcome.heldOut().value())
                                    .toArray())));
        }
        return new SpreadFigure(
                results.data().table().name() + ": the spread of the scores",
                "Candidates on validation rows; the best of each split on the rows held out. Box: quartiles and median."
                        + clipped(results),
                axis(results, ""),
                samples);
    }

    private static Color color(ComparisonResults results, Contender contender) {
        return Palette.color(results.settings().contenders().indexOf(contender));
    }

    private static String axis(ComparisonResults results, String what) {
        return text(results).axis(what + ComparisonTables.figure(results));
    }

    private static ScoreText text(ComparisonResults results) {
        return new ScoreText(results.data().label().task());
    }

    private static double[] drawn(ComparisonResults results, double[] scores) {
        return Arrays.stream(scores)
                .map(score -> text(results).drawn(Math.max(LOWEST_DRAWN, score)))
                .toArray();
    }

    private static String clipped(ComparisonResults results) {
        boolean any = results.settings().contenders().stream()
                .flatMapToDouble(contender ->
                        Arrays.stream(ComparisonTables.validation(ComparisonTables.candidates(results, contender))))
                .anyMatch(score -> score < LOWEST_DRAWN);
        return any ? " Scores below " + LOWEST_DRAWN + " are drawn there." : "";
    }
}
