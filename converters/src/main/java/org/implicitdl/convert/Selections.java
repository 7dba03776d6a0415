package org.implicitdl.convert;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.implicitdl.operator.SparseOperator;

/** Maps that only move features about. */
final class Selections {
    private Selections() {}

    /**
     * Another grid, every point of which is a point of the old one, or 0, alike for all channels.
     *
     * @param source for each dimension, the old index of a new one; outside of the grid stands for 0
     */
    static Signal regrid(Signal input, TensorShape to, IntUnaryOperator... source) {
        int[] from = input.shape().gridSizes();
        int[] grid = to.gridSizes();
        int[] points = IntStream.range(0, to.points())
                .map(p -> point(p, from, grid, source))
                .toArray();
        SparseOperator map = SparseOperator.select(input.shape().points(), points)
                .repeated(input.shape().channels(), 1);
        return input.affine(map, to);
    }

    private static int point(int place, int[] from, int[] grid, IntUnaryOperator... source) {
        int rest = place;
        int point = 0;
        int stride = 1;
        for (int d = grid.length - 1; d >= 0; d--) {
            int index = source[d].applyAsInt(rest % grid[d]);
            if (index < 0 || index >= from[d]) {
                return -1;
            }
            point += index * stride;
            stride *= from[d];
            rest /= grid[d];
        }
        return point;
    }

    /** Any rearrangement of all features of a sample: new feature i is old feature {@code source.applyAsInt(i)}. */
    static Signal rearrange(Signal input, TensorShape to, IntUnaryOperator source) {
        int[] all = IntStream.range(0, to.size()).map(source).toArray();
        return input.affine(SparseOperator.select(input.shape().size(), all), to);
    }

    /** The features in the order of DL4J's array, as when it flattens: a permutation if its channels are last. */
    static Signal arrayOrder(Signal input) {
        TensorShape shape = input.shape();
        TensorShape flat = TensorShape.flat(shape.size());
        if (!shape.channelsLast() || shape.channels() == 1 || shape.points() == 1) {
            return input.reshape(flat);
        }
        int channels = shape.channels();
        int points = shape.points();
        return rearrange(input, flat, i -> i % channels * points + i / channels);
    }

    /** The inverse of {@link #arrayOrder}: features in the order of an array of the given shape. */
    static Signal fromArrayOrder(Signal input, TensorShape to) {
        if (!to.channelsLast() || to.channels() == 1 || to.points() == 1) {
            return input.reshape(to);
        }
        int channels = to.channels();
        int points = to.points();
        return rearrange(input, to, i -> i % points * channels + i / points);
    }
}
