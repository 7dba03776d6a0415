package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.LossLayer;

/** A loss layer: φ(h), with a loss that is kept by {@link ImplicitNetwork#score}. */
final class LossTranslator implements LayerTranslator<LossLayer> {

    @Override
    public Class<LossLayer> type() {
        return LossLayer.class;
    }

    @Override
    public List<Step> translate(LayerSource<LossLayer> layer) {
        return Steps.activated(layer, List.of(), layer.conf().getActivationFn());
    }
}
