package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.util.MaskLayer;

/** A layer that applies the mask of its data, and does nothing without one. */
final class MaskTranslator implements LayerTranslator<MaskLayer> {

    @Override
    public Class<MaskLayer> type() {
        return MaskLayer.class;
    }

    @Override
    public Signal translate(LayerSource<MaskLayer> layer, Signal input) {
        return input;
    }
}
