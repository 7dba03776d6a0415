package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/** An output layer at every time step: φ(Wᵀh_t + b). */
final class RnnOutputTranslator implements LayerTranslator<RnnOutputLayer> {

    @Override
    public Class<RnnOutputLayer> type() {
        return RnnOutputLayer.class;
    }

    @Override
    public Signal translate(LayerSource<RnnOutputLayer> layer, Signal input) {
        Sequences.require(layer, input.shape(), layer.conf().getRnnDataFormat());
        Signal z = Maps.dense(layer, input, layer.conf().hasBias());
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
