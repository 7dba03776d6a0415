package org.implicitdl.convert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What every layer puts out: some states, or an affine function of states and inputs.
 *
 * @param model from the inputs to the features of all layers, one below the other, over the blocks of the network's model
 *     and those that its outputs do not depend on
 * @param layers what the features of each layer look like, from the first to the last
 */
record HiddenFeatures(ImplicitModel model, Map<String, Feature> layers) {

    /** Copies the map, in its order. */
    HiddenFeatures {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** The features of each layer in DL4J's arrays, of the outputs of the {@link #model} [features of all layers, m]. */
    Map<String, INDArray> of(INDArray all) {
        Partition parts =
                Partition.of(layers.values().stream().mapToInt(Feature::size).toArray());
        Map<String, INDArray> features = new LinkedHashMap<>();
        layers.forEach((name, feature) ->
                features.put(name, feature.rows(parts.part(all, features.size()).dup('f'))));
        return Collections.unmodifiableMap(features);
    }
}
