package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** An output layer: φ(Wᵀh + b) as of a dense layer; its loss is kept by {@link ImplicitNetwork#score}. */
final class OutputTranslator implements LayerTranslator<OutputLayer> {

    @Override
    public Class<OutputLayer> type() {
        return OutputLayer.class;
    }

    @Override
    public Signal translate(LayerSource<OutputLayer> layer, Signal input) {
        Signal z = Maps.dense(layer, input, layer.conf().hasBias());
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
