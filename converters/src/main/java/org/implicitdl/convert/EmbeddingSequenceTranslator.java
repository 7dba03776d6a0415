package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/** Embeddings of a sequence of indices: row i_t of W at step t, which is φ(Wᵀh_t + b) for the h_t that is 1 at i_t. */
final class EmbeddingSequenceTranslator implements LayerTranslator<EmbeddingSequenceLayer> {

    @Override
    public Class<EmbeddingSequenceLayer> type() {
        return EmbeddingSequenceLayer.class;
    }

    @Override
    public Signal translate(LayerSource<EmbeddingSequenceLayer> layer, Signal input) {
        EmbeddingSequenceLayer conf = layer.conf();
        if (!input.isInput()) {
            throw layer.unsupported(
                    "it looks up the whole numbers that it is given, but features that were computed are"
                            + " none; make it the first layer");
        }
        Signal z = Maps.dense(layer, input, conf.hasBias());
        boolean channelsLast = conf.getOutputFormat() == RNNFormat.NWC;
        TensorShape to = new TensorShape(z.shape().channels(), z.shape().grid(), channelsLast, false);
        return Maps.activated(layer, z.reshape(to), conf.getActivationFn(), Maps.SoftmaxAxis.LAST);
    }
}
