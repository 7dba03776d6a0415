package org.implicitdl.zoo.compare.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.compare.ComparisonResults;
import org.implicitdl.zoo.compare.ComparisonSettings;
import org.implicitdl.zoo.compare.SplitOutcome;
import org.implicitdl.zoo.compare.search.CandidateSearch;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.report.Table;

/** The comparison in words and tables. */
public final class ComparisonSummary {
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d+\\.\\d{4,}(E-?\\d+)?");

    private ComparisonSummary() {}

    /** What each pair comes to, a sentence each. */
    public static List<String> verdicts(ComparisonResults results) {
        ScoreText text = new ScoreText(results.data().label().task());
        Contender first = results.settings().contenders().get(0);
        return ComparisonTables.others(results).stream()
                .map(other -> String.format(
                        Locale.ROOT,
                        "%s is %s: %s %s against %s.",
                        first.name(),
                        results.score(first).isWithinOneStandardErrorOf(results.score(other))
                                ? "within one standard error of " + other.name() + " or better"
                                : "more than one standard error below " + other.name(),
                        ComparisonTables.figure(results),
                        text.of(results.score(first)),
                        text.of(results.score(other))))
                .toList();
    }

    /** Which searches ended before their time, a sentence each; none if the trainers are compared as planned. */
    public static List<String> warnings(ComparisonResults results) {
        ComparisonSettings settings = results.settings();
        return settings.contenders().stream()
                .filter(contender -> results.outOfTime(contender) > 0)
                .map(contender -> String.format(
                        Locale.ROOT,
                        "Out of time: in %d of %d splits the search for %s did not come to its %s; give it more"
                                + " --minutes, or ask for fewer --candidates.",
                        results.outOfTime(contender),
                        settings.splits(),
                        contender.name(),
                        Count.of(settings.budget().candidates(), "candidate")))
                .toList();
    }

    static String of(ComparisonResults results, List<String> circumstances) {
        return "# " + results.data().table().name() + ": "
                + results.settings().contenders().stream().map(Contender::name).collect(Collectors.joining(", "))
                + "\n\n" + lines("**", verdicts(results), "**\n\n")
                + lines("", warnings(results), "\n\n")
                + ComparisonTables.trainers(results).toMarkdown() + "\n"
                + ComparisonTables.pairs(results).toMarkdown() + "\n"
                + method(results.settings())
                + "\n![Best so far](best-so-far.png)\n\n![Score against time](score-against-time.png)\n\n"
                + "![Spread](spread.png)\n\n## Settings\n\n"
                + lines("- ", settings(results, circumstances), "\n")
                + "\n## What was chosen\n\n" + chosen(results).toMarkdown()
                + "\n`candidates.csv` has every candidate with all digits, `splits.csv` every test.\n";
    }

    private static String lines(String before, List<String> texts, String after) {
        return texts.stream().map(line -> before + line + after).collect(Collectors.joining());
    }

    private static String method(ComparisonSettings settings) {
        return String.format(
                Locale.ROOT,
                "Nested cross-validation: in each of %d splits, Arbiter's random search looked for each trainer's options on"
                        + " the training rows, a quarter of which chose the best candidate; that was trained again on all of"
                        + " them and tested on the rows that were held out, the same for every trainer, which no search has"
                        + " seen. \"Tested\" is the mean over the splits ± its standard error s/√%d. The best and the median"
                        + " candidate are those of all searches on validation rows, and so are the seconds of their"
                        + " training alone. The interval is that of the median difference by the sign test. The splits share"
                        + " training rows: error and interval are a little small.%n",
                settings.splits(),
                settings.splits());
    }

    private static List<String> settings(ComparisonResults results, List<String> circumstances) {
        ComparisonSettings settings = results.settings();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %s, seed %d",
                Count.of(results.data().size(), "row"),
                Count.of(settings.splits(), "split"),
                settings.seed()));
        lines.add(String.format(
                Locale.ROOT,
                "each search: %s, or as many as %.0f s allow; %s",
                Count.of(settings.budget().candidates(), "candidate"),
                settings.budget().time().toMillis() / 1e3,
                CandidateSearch.networks()));
        settings.contenders().forEach(contender -> lines.add(contender.name() + ": " + contender.ranges()));
        lines.addAll(circumstances);
        return lines;
    }

    private static Table chosen(ComparisonResults results) {
        ScoreText text = new ScoreText(results.data().label().task());
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : results.settings().contenders()) {
            for (SplitOutcome outcome : results.of(contender)) {
                FitSettings chosen = outcome.chosen().settings();
                rows.add(List.of(
                        rounded(chosen.trainer().toString()) + ", "
                                + chosen.shape().description(),
                        String.valueOf(outcome.split()),
                        text.of(outcome.chosen().score().orElseThrow().value()),
                        text.of(outcome.heldOut().value())));
            }
        }
        return new Table(List.of("settings", "split", "validation", "tested"), rows);
    }

    /** A text whose long numbers have three digits. */
    static String rounded(String text) {
        return LONG_NUMBER
                .matcher(text)
                .replaceAll(number -> new BigDecimal(number.group())
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString());
    }
}
