package org.implicitdl.zoo.compare.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.Palette;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Statistics;

/** How soon searches come to good scores: after each candidate the best one so far, against the time of training. */
final class SearchFigure {
    private SearchFigure() {}

    static Figure bestSoFar(ComparisonResults results) {
        ScoreText text = new ScoreText(results.data().label().task());
        Panel panel = new Panel(
                "",
                "seconds of training, of all candidates so far",
                Scale.LOGARITHMIC,
                text.axis("best validation " + ComparisonTables.figure(results)),
                Scale.LINEAR,
                0,
                results.settings().contenders().stream()
                        .map(contender -> band(results, contender, text))
                        .toList());
        return new Figure(
                results.data().table().name() + ": the best score of a search against its time",
                "After each candidate that was trained: mean over the splits, lower and upper quartile.",
                List.of(List.of(panel)));
    }

    private static Band band(ComparisonResults results, Contender contender, ScoreText text) {
        List<SearchPath> paths = results.of(contender).stream()
                .map(outcome -> SearchPath.of(outcome.search().candidates()))
                .toList();
        List<Statistics> scores = statistics(paths, SearchPath::best);
        int number = results.settings().contenders().indexOf(contender);
        return new Band(
                contender.name(),
                Palette.color(number),
                Palette.isRepeated(number),
                values(statistics(paths, SearchPath::seconds), Statistics::mean),
                values(scores, score -> text.drawn(score.mean())),
                values(scores, score -> text.drawn(score.quantile(0.25))),
                values(scores, score -> text.drawn(score.quantile(0.75))));
    }

    /** Over the splits, after each candidate that all of them have. */
    private static List<Statistics> statistics(List<SearchPath> paths, Function<SearchPath, double[]> value) {
        int steps =
                paths.stream().mapToInt(path -> value.apply(path).length).min().orElse(0);
        return IntStream.range(0, steps)
                .mapToObj(i -> Statistics.of(
                        paths.stream().mapToDouble(path -> value.apply(path)[i]).toArray()))
                .toList();
    }

    private static double[] values(List<Statistics> statistics, ToDoubleFunction<Statistics> value) {
        return statistics.stream().mapToDouble(value).toArray();
    }

    /** The seconds that were spent and the best score that was found, after each candidate of a search that did not fail. */
    record SearchPath(double[] seconds, double[] best) {

        static SearchPath of(List<TriedCandidate> candidates) {
            List<TriedCandidate> trained = candidates.stream()
                    .filter(candidate -> candidate.score().isPresent())
                    .toList();
            double[] seconds =
                    trained.stream().mapToDouble(TriedCandidate::seconds).toArray();
            double[] best = trained.stream()
                    .mapToDouble(candidate -> candidate.score().orElseThrow().value())
                    .toArray();
            Arrays.parallelPrefix(seconds, Double::sum);
            Arrays.parallelPrefix(best, Math::max);
            return new SearchPath(seconds, best);
        }
    }
}
