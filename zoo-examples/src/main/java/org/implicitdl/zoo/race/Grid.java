package org.implicitdl.zoo.race;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values among which the best of a hyperparameter is looked for: some at first, and others beyond them while the best
 * one lies at the edge of those that were tried.
 *
 * @param values positive, increasing
 * @param first the place of the smallest that is tried in any case
 * @param last the place of the largest that is
 */
public record Grid(List<Double> values, int first, int last) {

    /** @throws IllegalArgumentException if the places are none of the values, or the values do not increase */
    public Grid {
        values = List.copyOf(values);
        if (first < 0 || last < first || last >= values.size()) {
            throw new IllegalArgumentException("The first values of a grid must be some of its " + values.size()
                    + ", but are those from " + first + " to " + last + ".");
        }
        if (!values.stream().sorted().distinct().toList().equals(values)) {
            throw new IllegalArgumentException("The values of a grid must increase, but are " + values + ".");
        }
    }

    /** The values and no others. */
    static Grid of(Double... values) {
        return new Grid(List.of(values), 0, values.length - 1);
    }

    /** The value that is the closest to another, by their ratio, and its neighbours at first. */
    static Grid around(double middle, List<Double> values) {
        int closest = IntStream.range(0, values.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.abs(Math.log(values.get(i) / middle))))
                .orElseThrow();
        return new Grid(values, Math.max(0, closest - 1), Math.min(values.size() - 1, closest + 1));
    }

    /** The values that are tried in any case. */
    public List<Double> atFirst() {
        return values.subList(first, last + 1);
    }
}
