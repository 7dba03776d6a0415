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
 */
public record LayerSource<L extends Layer>(int index, String name, L conf, Map<String, INDArray> parameters) {

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
        return new UnsupportedLayerException(
                "The " + this + " cannot be converted, because " + reason + (reason.endsWith(".") ? "" : "."));
    }

    /** The layer in words: type, index and name. */
    @Override
    public String toString() {
        return conf.getClass().getSimpleName() + " at index " + index + " (\"" + name + "\")";
    }
}
