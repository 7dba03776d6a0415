package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;

/** An activation layer: φ(h). */
final class ActivationTranslator implements LayerTranslator<ActivationLayer> {

    @Override
    public Class<ActivationLayer> type() {
        return ActivationLayer.class;
    }

    @Override
    public Signal translate(LayerSource<ActivationLayer> layer, Signal input) {
        return Maps.activated(layer, input, layer.conf().getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
