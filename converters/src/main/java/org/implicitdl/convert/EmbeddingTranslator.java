package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;

/** An embedding: row i of W for the index i, which is φ(Wᵀh + b) for the h that is 1 at i and 0 elsewhere. */
final class EmbeddingTranslator implements LayerTranslator<EmbeddingLayer> {

    @Override
    public Class<EmbeddingLayer> type() {
        return EmbeddingLayer.class;
    }

    @Override
    public Signal translate(LayerSource<EmbeddingLayer> layer, Signal input) {
        if (!input.isInput()) {
            throw layer.unsupported(
                    "it looks up the whole numbers that it is given, but features that were computed are"
                            + " none; make it the first layer");
        }
        Signal z = Maps.dense(layer, input, layer.conf().isHasBias());
        return Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
