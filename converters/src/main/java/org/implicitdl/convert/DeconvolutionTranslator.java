package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;

/** A deconvolution: the transpose of the convolution from its output to its input, with DL4J's W [n_in, n_out, …]. */
final class DeconvolutionTranslator implements LayerTranslator<Deconvolution2D> {

    @Override
    public Class<Deconvolution2D> type() {
        return Deconvolution2D.class;
    }

    @Override
    public Signal translate(LayerSource<Deconvolution2D> layer, Signal input) {
        Deconvolution2D conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = Grids.of(layer).over(to.gridSizes(), input.shape().gridSizes());
        Signal z = input.affine(
                ConvolutionOperator.copyOf(layer.parameter("W"), windows, 1).transpose(),
                Grids.bias(layer, conf.hasBias(), to),
                to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
