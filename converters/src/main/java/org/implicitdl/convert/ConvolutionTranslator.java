package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;

/**
 * A convolution of images: φ(W ∗ h + b) with DL4J's W [n_out, n_in, height, width].
 *
 * @param type the class itself, or a subclass that computes the same
 */
record ConvolutionTranslator<L extends ConvolutionLayer>(Class<L> type) implements LayerTranslator<L> {

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        ConvolutionLayer conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = Grids.of(layer).over(input.shape().gridSizes(), to.gridSizes());
        Signal z = input.affine(
                ConvolutionOperator.copyOf(layer.parameter("W"), windows, 1),
                Grids.bias(layer, conf.hasBias(), to),
                to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
