package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.implicitdl.operator.SparseOperator;

/**
 * Sequences and their time steps. A sequence is a column (channels, steps), so that the components of
 * a step lie apart; a recurrence wants them together.
 */
final class Sequences {
    private Sequences() {}

    /** The input must be a sequence in the layer's own format, which is NCW if it has none. */
    static void require(LayerSource<?> layer, TensorShape input, RNNFormat format) {
        if (input.grid().size() != 1 || input.folded()) {
            throw layer.unsupported("it takes sequences, but its input has " + input
                    + "; give the input type of the network, such as InputType.recurrent(size, timeSteps)");
        }
        if (input.channelsLast() != (format == RNNFormat.NWC)) {
            throw layer.unsupported("it takes sequences in the format " + (format == RNNFormat.NWC ? "NWC" : "NCW")
                    + ", but its input has " + input + "; use one format for all layers");
        }
    }

    /** How windows lie over a sequence; DL4J's settings may have more dimensions than one. */
    static Grids grids(int[] kernel, int[] stride, int[] dilation, int[] padding, ConvolutionMode mode) {
        return new Grids(first(kernel), first(stride), first(dilation), first(padding), mode);
    }

    private static int[] first(int[] sizes) {
        return new int[] {sizes[0]};
    }

    /** The steps of a sequence that is not made of such. */
    static List<Signal> split(Signal whole) {
        int channels = whole.shape().channels();
        int steps = whole.shape().points();
        TensorShape step = TensorShape.flat(channels);
        Signal ordered = swapped(whole, channels, steps);
        return IntStream.range(0, steps)
                .mapToObj(t -> ordered.slice(t * channels, step))
                .toList();
    }

    /** The sequence of some steps as a whole. */
    static Terms joined(List<Signal> steps, TensorShape to) {
        Signal ordered = Signal.stack(steps, TensorShape.flat(to.size()));
        return swapped(ordered, to.points(), to.channels()).terms();
    }

    /** The columns (major, minor) in the order (minor, major). */
    private static Signal swapped(Signal input, int major, int minor) {
        if (major == 1 || minor == 1) {
            return input;
        }
        return Selections.rearrange(input, TensorShape.flat(input.shape().size()), i -> i % major * minor + i / major);
    }

    /** The steps from the last to the first. */
    static Signal reversed(Signal input) {
        List<Signal> steps = new ArrayList<>(input.steps());
        Collections.reverse(steps);
        return Signal.sequence(steps, input.shape());
    }

    /** Two sequences of one length, joined step by step; each result is a state, since the two are none together. */
    static Signal merged(Signal one, Signal other, BinaryOperator<Signal> join) {
        List<Signal> steps = IntStream.range(0, one.shape().points())
                .mapToObj(t ->
                        join.apply(one.steps().get(t), other.steps().get(t)).store())
                .toList();
        return Signal.sequence(
                steps, one.shape().withChannels(steps.get(0).shape().size()));
    }

    /** The same features at every step. */
    static Signal repeated(Signal features, int steps, boolean channelsLast) {
        TensorShape to = new TensorShape(features.shape().size(), List.of(steps), channelsLast, false);
        Signal held = features.store();
        SparseOperator copies = SparseOperator.select(1, new int[steps]).repeated(to.channels(), 1);
        return held.affine(copies, to).madeOf(Collections.nCopies(steps, held));
    }

    static Signal last(Signal sequence) {
        List<Signal> steps = sequence.steps();
        return steps.get(steps.size() - 1);
    }
}
