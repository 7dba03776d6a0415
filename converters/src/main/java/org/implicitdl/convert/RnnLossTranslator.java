package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.RnnLossLayer;

/** A loss layer at every time step: φ(h_t). */
final class RnnLossTranslator implements LayerTranslator<RnnLossLayer> {

    @Override
    public Class<RnnLossLayer> type() {
        return RnnLossLayer.class;
    }

    @Override
    public Signal translate(LayerSource<RnnLossLayer> layer, Signal input) {
        Sequences.require(layer, input.shape(), layer.conf().getRnnDataFormat());
        return Maps.activated(layer, input, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
