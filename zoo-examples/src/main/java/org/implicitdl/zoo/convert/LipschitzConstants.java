package org.implicitdl.zoo.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.implicitdl.convert.certify.BoxBounds;
import org.implicitdl.convert.certify.LipschitzBounds;
import org.implicitdl.convert.certify.UnboundedException;
import org.implicitdl.zoo.report.Table;

/**
 * Lipschitz constants of a network, ‖ŷ − ŷ'‖ ≤ constant·‖u − u'‖, for more and for fewer inputs.
 *
 * @param rows from all inputs to those of one box
 */
public record LipschitzConstants(List<Row> rows) {

    /**
     * The constants for any two of some inputs.
     *
     * @param inputs which, in words
     * @param bounds the constants, if there are any
     */
    public record Row(String inputs, Optional<LipschitzBounds> bounds) {}

    /** Copies the list. */
    public LipschitzConstants {
        rows = List.copyOf(rows);
    }

    /**
     * The constants for all inputs, and for those of the range if it is bounded.
     *
     * @param local what was found on the box around each sample, of which the largest counts; none if there is no bound
     */
    static LipschitzConstants of(BoxBounds bounds, InputRange range, int inputs, List<LipschitzBounds> local) {
        List<Row> rows = new ArrayList<>();
        Optional<LipschitzBounds> everywhere = ifBounded(() -> LipschitzBounds.of(bounds));
        rows.add(new Row("of any size", everywhere));
        if (range.isBounded()) {
            Optional<LipschitzBounds> inRange = ifBounded(() -> LipschitzBounds.within(bounds, range.box(inputs))[0]);
            // What holds everywhere holds there as well.
            rows.add(new Row(
                    range.toString().replace("inputs ", ""),
                    Stream.concat(everywhere.stream(), inRange.stream()).reduce(LipschitzConstants::less)));
        }
        Optional<LipschitzBounds> nearby = local.stream().reduce(LipschitzConstants::larger);
        rows.add(new Row(
                "of the box around a sample",
                nearby.map(found -> everywhere.map(all -> less(found, all)).orElse(found))));
        return new LipschitzConstants(rows);
    }

    /** What a computation yields, unless there is no finite bound. */
    static Optional<LipschitzBounds> ifBounded(Supplier<LipschitzBounds> computation) {
        try {
            return Optional.of(computation.get());
        } catch (UnboundedException e) {
            return Optional.empty();
        }
    }

    static LipschitzBounds larger(LipschitzBounds one, LipschitzBounds other) {
        return new LipschitzBounds(Math.max(one.inf(), other.inf()), Math.max(one.two(), other.two()));
    }

    private static LipschitzBounds less(LipschitzBounds one, LipschitzBounds other) {
        return new LipschitzBounds(Math.min(one.inf(), other.inf()), Math.min(one.two(), other.two()));
    }

    /** Why there is not a constant in every row, if there is not. */
    public Optional<String> whyNone() {
        return rows.stream().allMatch(row -> row.bounds.isPresent())
                ? Optional.empty()
                : Optional.of(
                        "no Lipschitz constant is known where an activation has none, as products of states, those of"
                                + " an LSTM among them");
    }

    /** The constants, one row for each kind of inputs. */
    public Table table() {
        return new Table(
                List.of("Lipschitz constant for inputs", "l-infinity", "l2"),
                rows.stream()
                        .map(row -> List.of(
                                row.inputs,
                                number(row.bounds.map(LipschitzBounds::inf)),
                                number(row.bounds.map(LipschitzBounds::two))))
                        .toList());
    }

    private static String number(Optional<Double> value) {
        return value.filter(Double::isFinite)
                .map(finite -> String.format(Locale.ROOT, "%.5g", finite))
                .orElse("no bound");
    }
}
