package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;

/** Blocks of points of an image become channels: channel (row, col, c) of a block is its point (row, col) of channel c. */
final class SpaceToDepthTranslator implements LayerTranslator<SpaceToDepthLayer> {

    @Override
    public Class<SpaceToDepthLayer> type() {
        return SpaceToDepthLayer.class;
    }

    @Override
    public Signal translate(LayerSource<SpaceToDepthLayer> layer, Signal input) {
        TensorShape from = input.shape();
        Images.require(layer, from, layer.conf().getDataFormat() == CNN2DFormat.NHWC);
        TensorShape to = Grids.output(layer, from);
        int block = layer.conf().getBlockSize();
        int height = to.grid().get(0);
        int width = to.grid().get(1);
        return Selections.rearrange(input, to, i -> {
            int place = i / (height * width);
            int within = place / from.channels();
            int row = i / width % height * block + within / block;
            int col = i % width * block + within % block;
            return (place % from.channels() * from.grid().get(0) + row)
                            * from.grid().get(1)
                    + col;
        });
    }
}
