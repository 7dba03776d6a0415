package org.implicitdl.convert;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** A dense layer: φ(Wᵀh + b) with DL4J's W [n_in, n_out]. Dropout and weight noise do nothing at inference. */
final class DenseTranslator implements LayerTranslator<DenseLayer> {

    @Override
    public Class<DenseLayer> type() {
        return DenseLayer.class;
    }

    @Override
    public List<Step> translate(LayerSource<DenseLayer> layer) {
        if (layer.conf().hasLayerNorm()) {
            throw layer.unsupported("layer normalization is no map of the form phi(Wh + b); use hasLayerNorm(false)");
        }
        return Steps.activated(
                layer, Steps.affine(layer, layer.conf().hasBias()), layer.conf().getActivationFn());
    }
}
