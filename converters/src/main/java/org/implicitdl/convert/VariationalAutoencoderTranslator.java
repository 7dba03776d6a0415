package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;

/** The encoder of a variational autoencoder up to the mean of p(z|x), which is what it computes in a network. */
final class VariationalAutoencoderTranslator implements LayerTranslator<VariationalAutoencoder> {

    @Override
    public Class<VariationalAutoencoder> type() {
        return VariationalAutoencoder.class;
    }

    @Override
    public Signal translate(LayerSource<VariationalAutoencoder> layer, Signal input) {
        VariationalAutoencoder conf = layer.conf();
        Signal h = input;
        for (int i = 0; i < conf.getEncoderLayerSizes().length; i++) {
            Signal z = Maps.dense(layer, h, "e" + i + "W", "e" + i + "b");
            h = Maps.activated(layer, z, conf.getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
        }
        Signal mean = Maps.dense(layer, h, "pZXMeanW", "pZXMeanb");
        return Maps.activated(layer, mean, conf.getPzxActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
