package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** An output layer: φ(Wᵀh + b) as of a dense layer; its loss is kept by {@link ImplicitNetwork#score}. */
final class OutputTranslator implements LayerTranslator<OutputLayer> {

    @Override
    public Class<OutputLayer> type() {
        return OutputLayer.class;
    }

    @Override
    public List<Step> translate(LayerSource<OutputLayer> layer) {
        return Steps.activated(
                layer, Steps.affine(layer, layer.conf().hasBias()), layer.conf().getActivationFn());
    }
}
