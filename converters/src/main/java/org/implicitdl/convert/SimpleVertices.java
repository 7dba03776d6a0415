package org.implicitdl.convert;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;

/** The vertices of one input that take a line to translate. */
final class SimpleVertices {
    private SimpleVertices() {}

    static List<VertexTranslator<?>> all() {
        return List.of(
                of(
                        ScaleVertex.class,
                        (vertex, input) -> input.times(vertex.conf().getScaleFactor())),
                of(
                        ShiftVertex.class,
                        (vertex, input) -> input.plus(vertex.conf().getShiftFactor())),
                of(
                        PreprocessorVertex.class,
                        (vertex, input) -> vertex.converter()
                                .preprocess(vertex.conf().getPreProcessor(), vertex.toString(), input)),
                of(PoolHelperVertex.class, SimpleVertices::withoutFirst));
    }

    /** The translator of a type of vertex with one input. */
    static <V extends GraphVertex> VertexTranslator<V> of(
            Class<V> type, BiFunction<VertexSource<V>, Signal, Signal> translation) {
        return new VertexTranslator<>() {
            @Override
            public Class<V> type() {
                return type;
            }

            @Override
            public Signal translate(VertexSource<V> vertex, List<Signal> inputs) {
                return translation.apply(vertex, inputs.get(0));
            }
        };
    }

    /** Images without their first row and column, as an imported network of Caffe wants them. */
    private static Signal withoutFirst(VertexSource<PoolHelperVertex> vertex, Signal input) {
        TensorShape shape = input.shape();
        if (shape.grid().size() != 2 || shape.channelsLast()) {
            throw vertex.unsupported("it takes images with channels first, but its input has " + shape);
        }
        TensorShape to = shape.withGrid(shape.grid().get(0) - 1, shape.grid().get(1) - 1);
        return Selections.regrid(input, to, row -> row + 1, col -> col + 1);
    }
}
