package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;

/** An image in which every point is repeated. */
final class UpsamplingTranslator implements LayerTranslator<Upsampling2D> {

    @Override
    public Class<Upsampling2D> type() {
        return Upsampling2D.class;
    }

    @Override
    public Signal translate(LayerSource<Upsampling2D> layer, Signal input) {
        Images.require(layer, input.shape(), layer.conf().getFormat() == CNN2DFormat.NHWC);
        int[] size = layer.conf().getSize();
        return Selections.regrid(input, Grids.output(layer, input.shape()), row -> row / size[0], col -> col / size[1]);
    }
}
