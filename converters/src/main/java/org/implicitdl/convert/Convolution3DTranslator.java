package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;

/** A convolution of volumes: φ(W ∗ h + b) with DL4J's W [n_out, n_in, depth, height, width]. */
final class Convolution3DTranslator implements LayerTranslator<Convolution3D> {

    @Override
    public Class<Convolution3D> type() {
        return Convolution3D.class;
    }

    @Override
    public Signal translate(LayerSource<Convolution3D> layer, Signal input) {
        Convolution3D conf = layer.conf();
        Images.require(layer, input.shape(), conf.getDataFormat() == Convolution3D.DataFormat.NDHWC, 3);
        int[] places = Grids.of(layer).places(input.shape().gridSizes());
        TensorShape to = input.shape().withChannels((int) conf.getNOut()).withGrid(places);
        Windows windows = Grids.of(layer).over(input.shape().gridSizes(), places);
        Signal z = input.affine(
                ConvolutionOperator.copyOf(layer.parameter("W"), windows, 1),
                Grids.bias(layer, conf.hasBias(), to),
                to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
