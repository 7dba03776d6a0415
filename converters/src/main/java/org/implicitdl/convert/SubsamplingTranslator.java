package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.implicitdl.kernel.Windows;

/**
 * A pooling of images: the largest, average, sum or p-norm of each window.
 *
 * @param type the class itself, or a subclass that computes the same
 */
record SubsamplingTranslator<L extends SubsamplingLayer>(Class<L> type) implements LayerTranslator<L> {

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        SubsamplingLayer conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        Grids.refuseCausal(layer, conf.getConvolutionMode());
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = new Grids(
                        conf.getKernelSize(),
                        conf.getStride(),
                        conf.getDilation(),
                        conf.getPadding(),
                        conf.getConvolutionMode())
                .over(input.shape().gridSizes(), to.gridSizes());
        return PoolingMaps.pooled(
                input, conf.getPoolingType(), conf.getPnorm(), conf.isAvgPoolIncludePadInDivisor(), windows, to);
    }
}
