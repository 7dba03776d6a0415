package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.ConvolutionOperator;

/**
 * A deconvolution of volumes: the transpose of the convolution from its output to its input, with DL4J's W [depth,
 * height, width, n_out, n_in].
 */
final class Deconvolution3DTranslator implements LayerTranslator<Deconvolution3D> {

    @Override
    public Class<Deconvolution3D> type() {
        return Deconvolution3D.class;
    }

    @Override
    public Signal translate(LayerSource<Deconvolution3D> layer, Signal input) {
        Deconvolution3D conf = layer.conf();
        Images.require(layer, input.shape(), conf.getDataFormat() == Convolution3D.DataFormat.NDHWC, 3);
        int[] places = input.shape().gridSizes();
        int[] grid = Grids.of(layer).grid(places);
        TensorShape to = input.shape().withChannels((int) conf.getNOut()).withGrid(grid);
        Windows windows = Grids.of(layer).over(grid, places);
        Signal z = input.affine(
                ConvolutionOperator.copyOf(layer.parameter("W").permute(4, 3, 0, 1, 2), windows, 1)
                        .transpose(),
                Grids.bias(layer, conf.hasBias(), to),
                to);
        return Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
