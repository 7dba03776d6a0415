package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Zeros around an image: top, bottom, left and right. */
final class ZeroPaddingTranslator implements LayerTranslator<ZeroPaddingLayer> {

    @Override
    public Class<ZeroPaddingLayer> type() {
        return ZeroPaddingLayer.class;
    }

    @Override
    public Signal translate(LayerSource<ZeroPaddingLayer> layer, Signal input) {
        Images.require(layer, input.shape(), layer.conf().getDataFormat() == CNN2DFormat.NHWC);
        int[] padding = layer.conf().getPadding();
        return Selections.regrid(
                input, Grids.output(layer, input.shape()), row -> row - padding[0], col -> col - padding[2]);
    }
}
