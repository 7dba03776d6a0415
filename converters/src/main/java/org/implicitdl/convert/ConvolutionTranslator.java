package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.ConvolutionOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution of images: φ(W ∗ h + b) with DL4J's W [n_out, n_in, height, width]. */
final class ConvolutionTranslator<L extends ConvolutionLayer> implements LayerTranslator<L> {
    private final Class<L> type;

    /** For the class itself, or a subclass that computes the same. */
    ConvolutionTranslator(Class<L> type) {
        this.type = type;
    }

    @Override
    public Class<L> type() {
        return type;
    }

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        ConvolutionLayer conf = layer.conf();
        Images.require(layer, input.shape(), conf.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        INDArray w = layer.parameter("W");
        TensorShape to = Grids.output(layer, input.shape());
        Windows windows = new Grids(
                        conf.getKernelSize(),
                        conf.getStride(),
                        conf.getDilation(),
                        conf.getPadding(),
                        conf.getConvolutionMode())
                .over(input.shape().gridSizes(), to.gridSizes());
        Offset b = conf.hasBias() ? Offset.repeated(layer.parameter("b"), to.points()) : Offset.zero(to.size());
        Signal z = input.affine(ConvolutionOperator.copyOf(w, windows, 1), b, to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
