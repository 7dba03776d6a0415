package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A depthwise convolution: every channel has filters of its own, with DL4J's W [height, width, n_in, multiplier]. */
final class DepthwiseConvolutionTranslator implements LayerTranslator<DepthwiseConvolution2D> {

    @Override
    public Class<DepthwiseConvolution2D> type() {
        return DepthwiseConvolution2D.class;
    }

    @Override
    public Signal translate(LayerSource<DepthwiseConvolution2D> layer, Signal input) {
        DepthwiseConvolution2D conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = Grids.of(layer).over(input.shape().gridSizes(), to.gridSizes());
        INDArray w = layer.parameter("W").permute(2, 3, 0, 1).dup('c');
        INDArray filters = w.reshape('c', w.size(0) * w.size(1), 1, w.size(2), w.size(3));
        Signal z = input.affine(
                ConvolutionOperator.copyOf(filters, windows, input.shape().channels()),
                Grids.bias(layer, conf.hasBias(), to),
                to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
