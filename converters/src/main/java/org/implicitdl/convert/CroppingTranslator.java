package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** An image without its margins: top, bottom, left and right. */
final class CroppingTranslator implements LayerTranslator<Cropping2D> {

    @Override
    public Class<Cropping2D> type() {
        return Cropping2D.class;
    }

    @Override
    public Signal translate(LayerSource<Cropping2D> layer, Signal input) {
        Images.require(layer, input.shape(), layer.conf().getDataFormat() == CNN2DFormat.NHWC);
        int[] cropping = layer.conf().getCropping();
        return Selections.regrid(
                input, Grids.output(layer, input.shape()), row -> row + cropping[0], col -> col + cropping[2]);
    }
}
