package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.LossLayer;

/** A loss layer: φ(h), with a loss that is kept by {@link ImplicitNetwork#score}. */
final class LossTranslator implements LayerTranslator<LossLayer> {

    @Override
    public Class<LossLayer> type() {
        return LossLayer.class;
    }

    @Override
    public Signal translate(LayerSource<LossLayer> layer, Signal input) {
        return Maps.activated(layer, input, layer.conf().getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
