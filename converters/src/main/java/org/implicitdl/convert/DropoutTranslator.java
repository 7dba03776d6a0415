package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.DropoutLayer;

/** A dropout layer, which does nothing at inference. */
final class DropoutTranslator implements LayerTranslator<DropoutLayer> {

    @Override
    public Class<DropoutLayer> type() {
        return DropoutLayer.class;
    }

    @Override
    public Signal translate(LayerSource<DropoutLayer> layer, Signal input) {
        return input;
    }
}
