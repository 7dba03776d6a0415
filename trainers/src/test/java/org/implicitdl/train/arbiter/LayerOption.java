package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.function.BiConsumer;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.implicitdl.layer.ImplicitLayer;

/**
 * An option of the layer, with two values of it.
 *
 * @param name the method of the layer's builder
 * @param values two values
 * @param layer tells the builder of the layer a value, and what the value needs beside it
 * @param space tells the builder of the space a space of values, and the same beside it
 */
record LayerOption<V>(
        String name,
        List<V> values,
        BiConsumer<ImplicitLayer.Builder, V> layer,
        BiConsumer<ImplicitLayerSpace.Builder, ParameterSpace<V>> space) {

    static <V> LayerOption<V> of(
            String name,
            V first,
            V second,
            BiConsumer<ImplicitLayer.Builder, V> layer,
            BiConsumer<ImplicitLayerSpace.Builder, ParameterSpace<V>> space) {
        return new LayerOption<>(name, List.of(first, second), layer, space);
    }

    /** The layer that has one of the values. */
    ImplicitLayer layerWith(int value) {
        ImplicitLayer.Builder builder =
                new ImplicitLayer.Builder().nIn(3).nOut(4).stateSize(4);
        layer.accept(builder, values.get(value));
        return builder.build();
    }

    /** The space of the layers that have one or the other. */
    ImplicitLayerSpace spaceOfBoth() {
        ImplicitLayerSpace.Builder builder =
                new ImplicitLayerSpace.Builder().nIn(3).nOut(4).stateSize(4);
        space.accept(builder, new DiscreteParameterSpace<>(values));
        return builder.build();
    }

    @Override
    public String toString() {
        return name;
    }
}
