package org.implicitdl.convert;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.Offset;

/**
 * How a layer's windows lie over the grid of its input, in DL4J's convolution modes.
 *
 * @param kernel the number of taps in each dimension
 * @param stride how far apart windows are
 * @param dilation how far apart taps are
 * @param padding the padding before the grid, where the mode does not say it
 * @param mode Same, Causal, Truncate or Strict
 */
record Grids(int[] kernel, int[] stride, int[] dilation, int[] padding, ConvolutionMode mode) {

    /** Those of a convolution of any number of dimensions. */
    static Grids of(LayerSource<? extends ConvolutionLayer> layer) {
        ConvolutionLayer conf = layer.conf();
        refuseCausal(layer, conf.getConvolutionMode());
        return new Grids(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getDilation(),
                conf.getPadding(),
                conf.getConvolutionMode());
    }

    /** The causal mode, which a default of a network may set where a layer's own builder refuses it. */
    static void refuseCausal(LayerSource<?> layer, ConvolutionMode mode) {
        if (mode == ConvolutionMode.Causal) {
            throw layer.unsupported("it has the convolution mode Causal, for which DL4J counts other windows than it"
                    + " computes; only a Convolution1DLayer is causal, so use Same, Truncate or Strict");
        }
    }

    /** A layer's bias for every point of its output. */
    static Offset bias(LayerSource<?> layer, boolean hasBias, TensorShape to) {
        return hasBias ? Offset.repeated(layer.parameter("b"), to.points()) : Offset.zero(to.size());
    }

    /** The windows over a grid, as many as there are places. */
    Windows over(int[] grid, int[] places) {
        int[] pad = new int[grid.length];
        Arrays.setAll(pad, d -> padBefore(grid[d], places[d], d));
        return Windows.of(grid, kernel, stride, dilation, pad, places);
    }

    /** How many windows there are over a grid. */
    int[] places(int[] grid) {
        int[] places = new int[grid.length];
        Arrays.setAll(
                places,
                d -> mode == ConvolutionMode.Same
                        ? (grid[d] + stride[d] - 1) / stride[d]
                        : (grid[d] + 2 * padding[d] - reach(d)) / stride[d] + 1);
        return places;
    }

    /** The grid over which there are so many windows, of which a transposed convolution makes its output. */
    int[] grid(int[] places) {
        int[] grid = new int[places.length];
        Arrays.setAll(
                grid,
                d -> mode == ConvolutionMode.Same
                        ? places[d] * stride[d]
                        : (places[d] - 1) * stride[d] + reach(d) - 2 * padding[d]);
        return grid;
    }

    private int reach(int d) {
        return (kernel[d] - 1) * dilation[d] + 1;
    }

    private int padBefore(int grid, int places, int d) {
        int reach = reach(d);
        return switch (mode) {
            // The windows are spread evenly; the odd point of padding comes last.
            case Same -> Math.max(0, ((places - 1) * stride[d] + reach - grid) / 2);
            case Causal -> reach - 1;
            default -> padding[d];
        };
    }

    /** What DL4J says the layer makes of a shape; of volumes it says the wrong thing. */
    static TensorShape output(LayerSource<?> layer, TensorShape input) {
        Layer conf = layer.conf();
        try {
            InputType type = conf.getOutputType(layer.index(), input.toInputType());
            return TensorShape.of(type).withFolded(input.folded());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw layer.unsupported("DL4J does not take an input of " + input + " for it: " + e.getMessage());
        }
    }
}
