package org.implicitdl.convert;

import java.util.List;
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
     * The steps from the layer's input to its output, in order; none for a layer that does nothing at inference.
     *
     * <p>Nothing in them may share storage with the layer: copy its parameters.
     *
     * @throws UnsupportedLayerException if this layer's settings have no such form
     */
    List<Step> translate(LayerSource<L> layer);
}
