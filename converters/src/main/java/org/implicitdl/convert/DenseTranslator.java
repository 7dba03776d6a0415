package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** A dense layer: φ(Wᵀh + b) with DL4J's W [n_in, n_out]. Dropout and weight noise do nothing at inference. */
final class DenseTranslator implements LayerTranslator<DenseLayer> {

    @Override
    public Class<DenseLayer> type() {
        return DenseLayer.class;
    }

    @Override
    public Signal translate(LayerSource<DenseLayer> layer, Signal input) {
        if (layer.conf().hasLayerNorm()) {
            throw layer.unsupported("layer normalization is no map of the form phi(Wh + b); use hasLayerNorm(false)");
        }
        Signal z = Maps.dense(layer, input, layer.conf().hasBias());
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
