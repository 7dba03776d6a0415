package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Says what one type of layer computes at inference. Translators are stateless; a {@link NetworkConverter} holds one
 * for each type.
 *
 * @param <L> the layer's configuration class
 */
public interface LayerTranslator<L extends Layer> {

    /** The configuration class, which must be the layer's exactly: a subclass may compute something else. */
    Class<L> type();

    /**
     * What the layer puts out for an input; the input itself for a layer that does nothing at inference.
     *
     * <p>Nothing in the result may share storage with the layer: copy its parameters.
     *
     * @throws UnsupportedLayerException if this layer's settings have no such form
     */
    Signal translate(LayerSource<L> layer, Signal input);
}
