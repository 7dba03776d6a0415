package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.kernel.Windows;

/** An element-wise sum, difference, average, product or maximum; inputs of size 1 in a dimension are repeated there. */
final class ElementWiseVertexTranslator implements VertexTranslator<ElementWiseVertex> {

    @Override
    public Class<ElementWiseVertex> type() {
        return ElementWiseVertex.class;
    }

    @Override
    public Signal translate(VertexSource<ElementWiseVertex> vertex, List<Signal> inputs) {
        TensorShape to = common(vertex, inputs);
        List<Signal> all = inputs.stream().map(input -> repeated(input, to)).toList();
        return switch (vertex.conf().getOp()) {
            case Add -> all.stream().reduce(Signal::plus).orElseThrow();
            case Subtract -> all.get(0).plus(all.get(1).times(-1));
            case Average ->
                all.stream()
                        .map(input -> input.times(1.0 / all.size()))
                        .reduce(Signal::plus)
                        .orElseThrow();
            case Product -> all.stream().reduce(Signal::times).orElseThrow();
            case Max -> largest(all, to);
        };
    }

    private static Signal largest(List<Signal> inputs, TensorShape to) {
        int count = inputs.size();
        int size = to.size();
        int[] one = {1};
        Windows windows = Windows.of(
                new int[] {count * size}, new int[] {count}, one, new int[] {size}, new int[1], new int[] {size});
        return Signal.stack(inputs, TensorShape.flat(count * size)).narrow(new MaxPooling(1, windows), to);
    }

    private static TensorShape common(VertexSource<ElementWiseVertex> vertex, List<Signal> inputs) {
        TensorShape first = inputs.get(0).shape();
        int channels = first.channels();
        List<Integer> grid = new ArrayList<>(first.grid());
        for (Signal input : inputs) {
            TensorShape shape = input.shape();
            if (shape.grid().size() != grid.size() || shape.folded() != first.folded()) {
                throw vertex.unsupported("its inputs have grids of different dimensions: " + first + " and " + shape);
            }
            channels = fit(vertex, channels, shape.channels());
            for (int d = 0; d < grid.size(); d++) {
                grid.set(d, fit(vertex, grid.get(d), shape.grid().get(d)));
            }
        }
        return new TensorShape(channels, grid, first.channelsLast(), first.folded());
    }

    private static int fit(VertexSource<ElementWiseVertex> vertex, int one, int other) {
        if (one != other && one != 1 && other != 1) {
            throw vertex.unsupported("its inputs have the sizes " + one + " and " + other + " in one dimension");
        }
        return Math.max(one, other);
    }

    private static Signal repeated(Signal input, TensorShape to) {
        if (input.shape().equals(to)) {
            return input;
        }
        int[] from = IntStream.concat(
                        IntStream.of(input.shape().channels()),
                        IntStream.of(input.shape().gridSizes()))
                .toArray();
        int[] sizes = IntStream.concat(IntStream.of(to.channels()), IntStream.of(to.gridSizes()))
                .toArray();
        return Selections.rearrange(input, to, i -> {
            int source = 0;
            int stride = 1;
            int rest = i;
            for (int d = sizes.length - 1; d >= 0; d--) {
                source += from[d] == 1 ? 0 : rest % sizes[d] * stride;
                stride *= from[d];
                rest /= sizes[d];
            }
            return source;
        });
    }
}
