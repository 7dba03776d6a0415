package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.AutoEncoder;

/** The encoder of an autoencoder, which is what it computes in a network: φ(Wᵀh + b). */
final class AutoEncoderTranslator implements LayerTranslator<AutoEncoder> {

    @Override
    public Class<AutoEncoder> type() {
        return AutoEncoder.class;
    }

    @Override
    public Signal translate(LayerSource<AutoEncoder> layer, Signal input) {
        Signal z = Maps.dense(layer, input, true);
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
