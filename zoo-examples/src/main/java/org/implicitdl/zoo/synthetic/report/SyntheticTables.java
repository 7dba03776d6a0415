package org.implicitdl.zoo.synthetic.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.implicitdl.zoo.report.Statistics;
import org.implicitdl.zoo.report.Table;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve.Point;
import org.implicitdl.zoo.synthetic.Outcome;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.SyntheticResults.TunedMethods;

/** The errors of the methods, and the gaps between RMSProp and the others, as tables. */
public final class SyntheticTables {
    private static final String REFERENCE = "rmsprop";
    private static final String LINEAR = "linear";
    private static final List<String> ERRORS =
            List.of("method", "train RMSE", "median", "test RMSE", "median", "seconds", "to RMSProp's", "below linear");
    private static final List<String> GAPS = List.of("RMSProp (150) minus", "train gap", "test gap");
    private static final List<String> PAPER = List.of("the paper's BCD", "1.1e-2 (2.7e-2)", "-3e-3 (2.9e-2)");
    private static final String UNKNOWN = "-";

    private SyntheticTables() {}

    /**
     * Mean ± standard deviation and median of the errors over the trials; the median seconds of a fit, and those until
     * the method's training error was at RMSProp's final one of the same trial, if it got there in at least half of the
     * trials; in how many trials its training error was below that of linear least squares.
     */
    public static Table errors(SyntheticResults results, TunedMethods tuned) {
        return new Table(
                ERRORS,
                tuned.methods().stream()
                        .map(method -> errors(results, method, results.of(tuned.covariance(), method)))
                        .toList());
    }

    /** Mean (standard deviation) over the trials of the error of RMSProp minus that of each other method. */
    public static Table gaps(SyntheticResults results, TunedMethods tuned) {
        List<List<String>> rows = new java.util.ArrayList<>();
        for (FittingMethod method : tuned.methods()) {
            List<Outcome> outcomes = results.of(tuned.covariance(), method);
            if (!method.id().equals(REFERENCE)
                    && outcomes.stream()
                            .allMatch(o -> results.sameTrial(o, REFERENCE).isPresent())) {
                rows.add(List.of(
                        method.name(),
                        gap(results, outcomes, Point::trainRmse),
                        gap(results, outcomes, Point::testRmse)));
            }
        }
        rows.add(PAPER);
        return new Table(GAPS, rows);
    }

    private static List<String> errors(SyntheticResults results, FittingMethod method, List<Outcome> outcomes) {
        Statistics train = last(outcomes, Point::trainRmse);
        Statistics test = last(outcomes, Point::testRmse);
        return List.of(
                method.name() + (method.trialLimit() < results.settings().trials() ? " *" : ""),
                spread(train),
                number(train.median()),
                spread(test),
                number(test.median()),
                number(last(outcomes, Point::seconds).median()),
                secondsToReference(results, method, outcomes),
                belowLinear(results, method, outcomes));
    }

    private static String secondsToReference(SyntheticResults results, FittingMethod method, List<Outcome> outcomes) {
        if (method.isBaseline()) {
            return UNKNOWN;
        }
        double[] seconds = outcomes.stream()
                .flatMap(outcome -> results.sameTrial(outcome, REFERENCE).stream()
                        .map(reference -> outcome.curve()
                                .secondsToReach(reference.curve().last().trainRmse())))
                .mapToDouble(reached -> reached.orElse(Double.POSITIVE_INFINITY))
                .toArray();
        if (seconds.length == 0) {
            return UNKNOWN;
        }
        OptionalDouble median = OptionalDouble.of(Statistics.of(seconds).median());
        return Double.isFinite(median.getAsDouble()) ? number(median.getAsDouble()) : UNKNOWN;
    }

    private static String belowLinear(SyntheticResults results, FittingMethod method, List<Outcome> outcomes) {
        if (method.isBaseline()
                || outcomes.stream().anyMatch(o -> results.sameTrial(o, LINEAR).isEmpty())) {
            return UNKNOWN;
        }
        long below = outcomes.stream()
                .filter(outcome -> results.sameTrial(outcome, LINEAR).stream()
                        .anyMatch(linear -> outcome.curve().last().trainRmse()
                                < linear.curve().last().trainRmse()))
                .count();
        return below + " of " + outcomes.size();
    }

    private static String gap(SyntheticResults results, List<Outcome> outcomes, ToDoubleFunction<Point> error) {
        Statistics gaps = Statistics.of(outcomes.stream()
                .mapToDouble(outcome -> error.applyAsDouble(results.sameTrial(outcome, REFERENCE)
                                .orElseThrow()
                                .curve()
                                .last())
                        - error.applyAsDouble(outcome.curve().last()))
                .toArray());
        return String.format(Locale.ROOT, "%.1e (%.1e)", gaps.mean(), gaps.standardDeviation());
    }

    private static Statistics last(List<Outcome> outcomes, ToDoubleFunction<Point> value) {
        return Statistics.of(outcomes.stream()
                .mapToDouble(outcome -> value.applyAsDouble(outcome.curve().last()))
                .toArray());
    }

    private static String spread(Statistics statistics) {
        return number(statistics.mean())
                + (statistics.count() == 1 ? "" : " ± " + number(statistics.standardDeviation()));
    }

    /** Four decimals where they show something, otherwise an exponent. */
    private static String number(double value) {
        return value == 0 || Math.abs(value) >= 1e-3 && Math.abs(value) < 1e3
                ? String.format(Locale.ROOT, "%.4f", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }
}
