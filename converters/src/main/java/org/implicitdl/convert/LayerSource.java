package org.implicitdl.convert;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of an initialized network, to be translated.
 *
 * @param index its place in the network, from 0
 * @param name its name
 * @param conf its configuration, for reading only
 * @param parameters its parameters as the network holds them: views that must be copied
 * @param converter the converter at work
 */
public record LayerSource<L extends Layer>(
        int index, String name, L conf, Map<String, INDArray> parameters, NetworkConverter converter) {

    /** What a layer within this one, such as that of a wrapper, puts out for an input. */
    public Signal translate(Layer inner, Map<String, INDArray> own, Signal input) {
        return converter.translate(new LayerSource<>(index, name, inner, own, converter), input);
    }

    /**
     * A parameter, which must be there and finite.
     *
     * @param key DL4J's name of it, as {@code W} or {@code b}
     * @throws UnsupportedLayerException if the layer has no such parameter
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public INDArray parameter(String key) {
        INDArray parameter = parameters.get(key);
        if (parameter == null) {
            throw unsupported("it has no parameter " + key + ", but " + parameters.keySet());
        }
        NonFiniteException.check("parameter " + key + " of " + this, parameter);
        return parameter;
    }

    /** What to throw when the layer cannot be translated, for a reason that completes "because …". */
    public UnsupportedLayerException unsupported(String reason) {
        return UnsupportedLayerException.because(toString(), reason);
    }

    /** The layer in words: type, index and name. */
    @Override
    public String toString() {
        return conf.getClass().getSimpleName() + " at index " + index + " (\"" + name + "\")";
    }
}
