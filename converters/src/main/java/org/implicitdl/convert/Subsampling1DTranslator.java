package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.implicitdl.kernel.Windows;

/**
 * A pooling of sequences: the largest, average, sum or p-norm of each window.
 *
 * @param type the class itself, or a subclass that computes the same
 */
record Subsampling1DTranslator<L extends Subsampling1DLayer>(Class<L> type) implements LayerTranslator<L> {

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        Subsampling1DLayer conf = layer.conf();
        TensorShape shape = input.shape();
        boolean channelsLast = conf.getCnn2dDataFormat() == CNN2DFormat.NHWC;
        Sequences.require(layer, shape, channelsLast ? RNNFormat.NWC : RNNFormat.NCW);
        Grids grids = Sequences.grids(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getDilation(),
                conf.getPadding(),
                computed(conf.getConvolutionMode()));
        int[] places = grids.places(shape.gridSizes());
        TensorShape to = shape.withGrid(places);
        Windows windows = grids.over(shape.gridSizes(), places);
        return PoolingMaps.pooled(
                input, conf.getPoolingType(), conf.getPnorm(), conf.isAvgPoolIncludePadInDivisor(), windows, to);
    }

    /** DL4J's type of the output counts the steps of a causal pooling, but what is computed has the given padding. */
    private static ConvolutionMode computed(ConvolutionMode mode) {
        return mode == ConvolutionMode.Causal ? ConvolutionMode.Truncate : mode;
    }
}
