package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.InputPreProcessor;

/**
 * Says what one type of preprocessor does to features. Translators are stateless.
 *
 * @param <P> the preprocessor's class
 */
public interface PreprocessorTranslator<P extends InputPreProcessor> {

    /** The class, which must be the preprocessor's exactly. */
    Class<P> type();

    /**
     * What the preprocessor makes of an input.
     *
     * @throws UnsupportedLayerException if it has no such form
     */
    Signal translate(P preprocessor, Signal input);
}
