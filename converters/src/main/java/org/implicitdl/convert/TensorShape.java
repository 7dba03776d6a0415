package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.implicitdl.operator.ShapeException;

/**
 * The shape of one sample of features: channels at the points of a grid.
 *
 * <p>In the model a sample is a column (channels, grid) in 'c' order, whatever order DL4J keeps it in. A grid without
 * dimensions belongs to rows of features, one of one dimension to sequences, two to images, three to volumes.
 *
 * @param channels the number of channels, or of features at every time step
 * @param grid the sizes of the grid
 * @param channelsLast whether DL4J's arrays have the channels after the grid (NWC, NHWC, NDHWC)
 * @param folded whether DL4J's arrays have one row for each point of the grid, as between its RNN-to-feed-forward and
 *     feed-forward-to-RNN preprocessors
 */
public record TensorShape(int channels, List<Integer> grid, boolean channelsLast, boolean folded) {

    /** Copies the list. */
    public TensorShape {
        grid = List.copyOf(grid);
    }

    /** The shape of rows of features. */
    public static TensorShape flat(int size) {
        return new TensorShape(size, List.of(), false, false);
    }

    /**
     * The shape of DL4J's input type.
     *
     * @throws UnknownInputException if the type leaves a size open
     * @throws ShapeException if a size is larger than an {@code int}
     */
    public static TensorShape of(InputType type) {
        TensorShape shape = read(type);
        if (shape.channels < 1 || shape.grid.stream().anyMatch(size -> size < 1)) {
            throw new UnknownInputException(
                    "The input type " + type + " leaves a size open, but a model is made for one",
                    "give all of them, such as InputType.recurrent(size, timeSteps), or say how long sequences are with"
                            + " NetworkConverter.withSequenceLength(timeSteps)");
        }
        return shape;
    }

    private static TensorShape read(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional image) {
            return ofLongs(
                    image.getChannels(), image.getFormat() == CNN2DFormat.NHWC, image.getHeight(), image.getWidth());
        }
        if (type instanceof InputType.InputTypeConvolutional3D volume) {
            return ofLongs(
                    volume.getChannels(),
                    volume.getDataFormat() == Convolution3D.DataFormat.NDHWC,
                    volume.getDepth(),
                    volume.getHeight(),
                    volume.getWidth());
        }
        if (type instanceof InputType.InputTypeRecurrent sequence) {
            return ofLongs(sequence.getSize(), sequence.getFormat() == RNNFormat.NWC, sequence.getTimeSeriesLength());
        }
        return ofLongs(type.arrayElementsPerExample(), false);
    }

    private static TensorShape ofLongs(long channels, boolean channelsLast, long... grid) {
        return new TensorShape(
                toInt(channels),
                Arrays.stream(grid).mapToInt(TensorShape::toInt).boxed().toList(),
                channelsLast,
                false);
    }

    /** −1 for a size that is left open. */
    private static int toInt(long size) {
        if (size > Integer.MAX_VALUE) {
            throw tooLarge("a dimension of " + size);
        }
        return (int) Math.max(size, -1);
    }

    private static ShapeException tooLarge(String what) {
        return new ShapeException("A sample with " + what + " has more numbers than " + Integer.MAX_VALUE
                + ", which is the most that a model takes; give smaller sizes.");
    }

    /** The same as DL4J's input type. */
    public InputType toInputType() {
        return switch (grid.size()) {
            case 0 -> InputType.feedForward(channels);
            case 1 -> InputType.recurrent(channels, grid.get(0), channelsLast ? RNNFormat.NWC : RNNFormat.NCW);
            case 2 ->
                InputType.convolutional(
                        grid.get(0), grid.get(1), channels, channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
            default ->
                InputType.convolutional3D(
                        channelsLast ? Convolution3D.DataFormat.NDHWC : Convolution3D.DataFormat.NCDHW,
                        grid.get(0),
                        grid.get(1),
                        grid.get(2),
                        channels);
        };
    }

    /** The number of points of the grid: 1 for rows of features. */
    public int points() {
        return product(1);
    }

    /**
     * The number of all features.
     *
     * @throws ShapeException if it is larger than an {@code int}
     */
    public int size() {
        return product(channels);
    }

    private int product(long first) {
        long product = first;
        for (int size : grid) {
            product *= size;
            if (product > Integer.MAX_VALUE) {
                throw tooLarge(toString());
            }
        }
        return (int) product;
    }

    /** Other channels at the same points. */
    public TensorShape withChannels(int other) {
        return new TensorShape(other, grid, channelsLast, folded);
    }

    /** The same channels on another grid. */
    public TensorShape withGrid(int... other) {
        return new TensorShape(
                channels, Arrays.stream(other).boxed().toList(), channelsLast && other.length > 0, folded);
    }

    TensorShape withFolded(boolean other) {
        return new TensorShape(channels, grid, channelsLast, other);
    }

    int[] gridSizes() {
        return grid.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The shape of DL4J's array of some samples. */
    long[] arrayShape(long samples) {
        List<Long> sizes = new ArrayList<>(List.of(samples));
        if (!channelsLast) {
            sizes.add((long) channels);
        }
        grid.forEach(size -> sizes.add((long) size));
        if (channelsLast) {
            sizes.add((long) channels);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** The dimensions of DL4J's array in the order of the model: samples, channels, grid. */
    int[] toChannelsFirst() {
        int rank = grid.size() + 2;
        return IntStream.range(0, rank)
                .map(d -> d == 0 || !channelsLast ? d : d == 1 ? rank - 1 : d - 1)
                .toArray();
    }

    /** The dimensions of an array (samples, channels, grid) in DL4J's order. */
    int[] toArrayOrder() {
        int rank = grid.size() + 2;
        return IntStream.range(0, rank)
                .map(d -> d == 0 || !channelsLast ? d : d == rank - 1 ? 1 : d + 1)
                .toArray();
    }

    @Override
    public String toString() {
        return channels
                + (grid.isEmpty() ? " features" : " channels on a grid " + grid)
                + (channelsLast ? ", channels last" : "");
    }
}
