package org.implicitdl.convert;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.NormPooling;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.SparseOperator;

/** The poolings of windows, channel by channel. */
final class PoolingMaps {
    private PoolingMaps() {}

    /**
     * A pooling.
     *
     * @param p the exponent of a p-norm
     * @param padded whether an average divides by all taps of a window, those outside of the grid included
     */
    static Signal pooled(Signal input, PoolingType type, int p, boolean padded, Windows windows, TensorShape to) {
        int channels = input.shape().channels();
        return switch (type) {
            case MAX -> input.narrow(new MaxPooling(channels, windows), to);
            case PNORM -> input.narrow(new NormPooling(channels, windows, p), to);
            case SUM -> input.affine(sums(windows, ones(windows)).repeated(channels, 1), to);
            case AVG -> input.affine(sums(windows, averages(windows, padded)).repeated(channels, 1), to);
        };
    }

    private static double[] ones(Windows windows) {
        double[] ones = new double[windows.count()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] averages(Windows windows, boolean padded) {
        return IntStream.range(0, windows.count())
                .mapToDouble(p -> 1.0 / (padded ? windows.taps() : windows.inside(p)))
                .toArray();
    }

    /** The sum over each window, times its weight. */
    private static SparseOperator sums(Windows windows, double[] weights) {
        int[][] entries = IntStream.range(0, windows.count())
                .boxed()
                .flatMap(p -> IntStream.range(0, windows.taps())
                        .map(k -> windows.point(k, p))
                        .filter(point -> point >= 0)
                        .mapToObj(point -> new int[] {p, point}))
                .toArray(int[][]::new);
        return SparseOperator.of(
                windows.count(),
                windows.points(),
                Arrays.stream(entries).mapToInt(entry -> entry[0]).toArray(),
                Arrays.stream(entries).mapToInt(entry -> entry[1]).toArray(),
                Arrays.stream(entries).mapToDouble(entry -> weights[entry[0]]).toArray());
    }
}
