package org.implicitdl.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer and its like for the reversed sequence, whose outputs are joined step by step. */
final class BidirectionalTranslator implements LayerTranslator<Bidirectional> {

    @Override
    public Class<Bidirectional> type() {
        return Bidirectional.class;
    }

    @Override
    public Signal translate(LayerSource<Bidirectional> layer, Signal input) {
        Bidirectional conf = layer.conf();
        Sequences.require(layer, input.shape(), conf.getRNNDataFormat());
        Signal forward = run(layer, conf.getFwd(), "f", input);
        Signal backward = run(layer, conf.getBwd(), "b", Sequences.reversed(input));
        BinaryOperator<Signal> mode = switch (conf.getMode()) {
            case ADD -> Signal::plus;
            case MUL -> Signal::times;
            case AVERAGE -> (f, b) -> f.times(0.5).plus(b.times(0.5));
            case CONCAT ->
                (f, b) -> Signal.stack(
                        List.of(f, b), TensorShape.flat(2 * f.shape().size()));
        };
        // A layer that gives only its last step has no sequence to turn around again.
        return forward.shape().grid().isEmpty()
                ? mode.apply(forward, backward)
                : Sequences.merged(forward, Sequences.reversed(backward), mode);
    }

    /** One of the two layers, whose parameters have names with a prefix. */
    private static Signal run(LayerSource<Bidirectional> layer, Layer direction, String prefix, Signal input) {
        Map<String, INDArray> own = new HashMap<>();
        layer.parameters().forEach((key, parameter) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(1), parameter);
            }
        });
        return layer.translate(direction, own, input);
    }
}
