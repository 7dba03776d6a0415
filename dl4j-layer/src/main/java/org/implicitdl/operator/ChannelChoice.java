package org.implicitdl.operator;

import java.util.Arrays;
import org.implicitdl.kernel.Numbers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The channels of a convolution that some of its rows and columns are of. Those of groups are not told apart. */
final class ChannelChoice {
    private final ConvolutionOperator whole;
    private final int[] rows;
    private final int[] cols;
    private final int rowPoints;
    private final int colPoints;
    private final int[] rowChannels;
    private final int[] colChannels;

    ChannelChoice(ConvolutionOperator whole, int[] rows, int[] cols) {
        this.whole = whole;
        this.rows = rows;
        this.cols = cols;
        int points = whole.windows().points();
        int count = whole.windows().count();
        this.rowPoints = whole.isTransposed() ? points : count;
        this.colPoints = whole.isTransposed() ? count : points;
        this.rowChannels = channels(rows, rowPoints);
        this.colChannels = channels(cols, colPoints);
    }

    private static int[] channels(int[] numbers, int points) {
        return Arrays.stream(numbers).map(k -> k / points).distinct().toArray();
    }

    /** Whether some channels have no part in the rows and columns. */
    boolean isNarrower() {
        return whole.groups() == 1
                && (rowChannels.length < whole.rows() / rowPoints || colChannels.length < whole.cols() / colPoints);
    }

    /** The convolution between the channels alone. */
    LinearOperator convolution() {
        int[] outputs = whole.isTransposed() ? colChannels : rowChannels;
        int[] inputs = whole.isTransposed() ? rowChannels : colChannels;
        INDArray weights = whole.weights();
        long taps = weights.size(2);
        INDArray chosen = Nd4j.createUninitialized(weights.dataType(), outputs.length, inputs.length, taps);
        Numbers all = Numbers.of(weights);
        Numbers some = Numbers.of(chosen);
        long at = 0;
        for (int output : outputs) {
            for (int input : inputs) {
                some.copy(at, all, (output * weights.size(1) + input) * taps, (int) taps);
                at += taps;
            }
        }
        ConvolutionOperator between = ConvolutionOperator.viewOf(chosen, whole.windows(), 1);
        return whole.isTransposed() ? between.transpose() : between;
    }

    /** The numbers that the rows have in the {@link #convolution}. */
    int[] rows() {
        return renumber(rows, rowChannels, rowPoints);
    }

    /** The numbers that the columns have in the {@link #convolution}. */
    int[] cols() {
        return renumber(cols, colChannels, colPoints);
    }

    private static int[] renumber(int[] numbers, int[] channels, int points) {
        return Arrays.stream(numbers)
                .map(k -> Arrays.binarySearch(channels, k / points) * points + k % points)
                .toArray();
    }
}
