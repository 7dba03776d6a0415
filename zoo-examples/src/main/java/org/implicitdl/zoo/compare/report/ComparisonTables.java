package org.implicitdl.zoo.compare.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.PairedComparison;
import org.implicitdl.zoo.compare.SplitOutcome;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.report.MedianInterval;
import org.implicitdl.zoo.report.Statistics;
import org.implicitdl.zoo.report.Table;

/** What a comparison comes to, as tables. */
public final class ComparisonTables {
    private ComparisonTables() {}

    /** The name of what is compared: accuracy, or R². */
    static String figure(ComparisonResults results) {
        return results.outcomes().get(0).heldOut().names().get(0);
    }

    static List<TriedCandidate> candidates(ComparisonResults results, Contender contender) {
        return results.of(contender).stream()
                .flatMap(outcome -> outcome.search().candidates().stream())
                .toList();
    }

    /** The validation scores of the candidates that were trained. */
    static double[] validation(List<TriedCandidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.score().stream())
                .mapToDouble(Score::value)
                .toArray();
    }

    /** The seconds of the candidates that were trained. */
    static double[] seconds(List<TriedCandidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.score().isPresent())
                .mapToDouble(TriedCandidate::seconds)
                .toArray();
    }

    /** A line for each trainer: tested scores, the best and the median candidate, and times. */
    public static Table trainers(ComparisonResults results) {
        ScoreText text = new ScoreText(results.data().label().task());
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : results.settings().contenders()) {
            List<TriedCandidate> candidates = candidates(results, contender);
            double[] validation = validation(candidates);
            rows.add(List.of(
                    contender.name(),
                    text.of(results.score(contender)),
                    text.of(Arrays.stream(validation).max().orElseThrow()),
                    text.of(Statistics.of(validation).median()),
                    tried(results, contender, candidates.size() - validation.length),
                    format(Statistics.of(seconds(candidates)).median()),
                    format(Statistics.of(results.of(contender).stream()
                                    .map(SplitOutcome::seconds)
                                    .toList())
                            .median())));
        }
        return new Table(
                List.of(
                        "trainer",
                        "tested " + figure(results),
                        "best candidate",
                        "median candidate",
                        "candidates",
                        "seconds a candidate",
                        "seconds of the tested"),
                rows);
    }

    private static String tried(ComparisonResults results, Contender contender, int failed) {
        String tried = String.valueOf(candidates(results, contender).size());
        if (results.outOfTime(contender) > 0) {
            tried += " of "
                    + results.settings().splits() * results.settings().budget().candidates();
        }
        return tried + (failed > 0 ? " (" + failed + " failed)" : "");
    }

    private static String format(double seconds) {
        return String.format(Locale.ROOT, "%.3g", seconds);
    }

    /** A line for the first trainer against each of the others, on the same splits. */
    public static Table pairs(ComparisonResults results) {
        ScoreText text = new ScoreText(results.data().label().task());
        Contender first = results.settings().contenders().get(0);
        List<List<String>> rows = new ArrayList<>();
        for (Contender other : others(results)) {
            PairedComparison paired = results.paired(first, other);
            MedianInterval interval = paired.interval();
            rows.add(List.of(
                    first.name() + " − " + other.name(),
                    text.ofDifference(paired.median()),
                    text.ofDifference(interval.low()) + " to " + text.ofDifference(interval.high()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * interval.coverage()),
                    paired.wins() + " / " + paired.ties() + " / " + paired.losses(),
                    results.score(first).isWithinOneStandardErrorOf(results.score(other)) ? "yes" : "no"));
        }
        return new Table(
                List.of(
                        "difference",
                        "median",
                        "interval",
                        "coverage",
                        "better / equal / worse",
                        "within one standard error, or better"),
                rows);
    }

    static List<Contender> others(ComparisonResults results) {
        List<Contender> contenders = results.settings().contenders();
        return contenders.subList(1, contenders.size());
    }
}
