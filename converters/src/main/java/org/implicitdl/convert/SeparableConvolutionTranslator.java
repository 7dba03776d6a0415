package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A separable convolution: a depthwise one with DL4J's W [multiplier, n_in, height, width], and a convolution of single
 * points with its pW [n_out, n_in · multiplier, 1, 1].
 */
final class SeparableConvolutionTranslator implements LayerTranslator<SeparableConvolution2D> {

    @Override
    public Class<SeparableConvolution2D> type() {
        return SeparableConvolution2D.class;
    }

    @Override
    public Signal translate(LayerSource<SeparableConvolution2D> layer, Signal input) {
        SeparableConvolution2D conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = Grids.of(layer).over(input.shape().gridSizes(), to.gridSizes());
        INDArray w = layer.parameter("W").permute(1, 0, 2, 3).dup('c');
        INDArray filters = w.reshape('c', w.size(0) * w.size(1), 1, w.size(2), w.size(3));
        if (input.shape().channels() == 1) {
            return single(layer, input, ConvolutionOperator.copyOf(filters, windows, 1), to);
        }
        TensorShape between = to.withChannels((int) filters.size(0));
        INDArray points = layer.parameter("pW");
        Signal z = input.affine(
                        ConvolutionOperator.copyOf(
                                filters, windows, input.shape().channels()),
                        between)
                .affine(
                        Maps.atPoints(points.reshape(points.size(0), points.size(1)), between),
                        Grids.bias(layer, conf.hasBias(), to),
                        to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }

    /** Of a single channel DL4J computes the depthwise convolution alone, and forgets the weights pW. */
    private static Signal single(
            LayerSource<SeparableConvolution2D> layer, Signal input, ConvolutionOperator filters, TensorShape to) {
        if (filters.rows() != to.size()) {
            throw layer.unsupported(
                    "DL4J computes no separable convolution of one channel, unless the multiplier is the"
                            + " number of outputs; use a ConvolutionLayer");
        }
        Signal z = input.affine(filters, Grids.bias(layer, layer.conf().hasBias(), to), to);
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
