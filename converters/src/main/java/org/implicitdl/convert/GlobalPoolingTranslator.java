package org.implicitdl.convert;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.implicitdl.kernel.Windows;

/** A pooling of the whole grid, channel by channel. */
final class GlobalPoolingTranslator implements LayerTranslator<GlobalPoolingLayer> {

    @Override
    public Class<GlobalPoolingLayer> type() {
        return GlobalPoolingLayer.class;
    }

    @Override
    public Signal translate(LayerSource<GlobalPoolingLayer> layer, Signal input) {
        GlobalPoolingLayer conf = layer.conf();
        TensorShape shape = input.shape();
        if (shape.grid().isEmpty() || shape.folded()) {
            throw layer.unsupported("there is no grid to pool over in " + shape + "; remove the layer");
        }
        int first = shape.channelsLast() ? 1 : 2;
        int[] grid = IntStream.range(first, first + shape.grid().size()).toArray();
        int[] dimensions = conf.getPoolingDimensions();
        // Without dimensions of its own the layer pools over those of a grid that comes last.
        if (dimensions == null ? shape.channelsLast() : !Arrays.equals(dimensions, grid)) {
            throw layer.unsupported("it pools over the dimensions "
                    + (dimensions == null ? "after the first two" : Arrays.toString(dimensions))
                    + " of its input, of which those of the grid are " + Arrays.toString(grid)
                    + "; set poolingDimensions to these");
        }
        if (!conf.isCollapseDimensions() && shape.channelsLast()) {
            throw layer.unsupported("DL4J takes the first dimension of the grid for the channels when it keeps the"
                    + " dimensions of arrays with channels last; use collapseDimensions(true)");
        }
        TensorShape to = conf.isCollapseDimensions()
                ? TensorShape.flat(shape.channels())
                : shape.withGrid(IntStream.generate(() -> 1).limit(grid.length).toArray());
        return PoolingMaps.pooled(
                input, conf.getPoolingType(), conf.getPnorm(), true, Windows.whole(shape.points()), to);
    }
}
