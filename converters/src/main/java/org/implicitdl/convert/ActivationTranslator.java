package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;

/** An activation layer: φ(h). */
final class ActivationTranslator implements LayerTranslator<ActivationLayer> {

    @Override
    public Class<ActivationLayer> type() {
        return ActivationLayer.class;
    }

    @Override
    public List<Step> translate(LayerSource<ActivationLayer> layer) {
        return Steps.activated(layer, List.of(), layer.conf().getActivationFn());
    }
}
