package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;

/** An output layer φ(Wᵀh + b); the centres of its loss matter in training alone. */
final class CenterLossTranslator implements LayerTranslator<CenterLossOutputLayer> {

    @Override
    public Class<CenterLossOutputLayer> type() {
        return CenterLossOutputLayer.class;
    }

    @Override
    public Signal translate(LayerSource<CenterLossOutputLayer> layer, Signal input) {
        Signal z = Maps.dense(layer, input, true);
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
