package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;

/** A recurrent layer, unrolled: h_t = φ(Wᵀx_t + Rᵀh_{t−1} + b) with h₀ = 0. All steps share W and R. */
final class SimpleRnnTranslator implements LayerTranslator<SimpleRnn> {

    @Override
    public Class<SimpleRnn> type() {
        return SimpleRnn.class;
    }

    @Override
    public Signal translate(LayerSource<SimpleRnn> layer, Signal input) {
        if (layer.conf().hasLayerNorm()) {
            throw layer.unsupported("layer normalization is no map of the form phi(Wh + b); use hasLayerNorm(false)");
        }
        Sequences.require(layer, input.shape(), layer.conf().getRnnDataFormat());
        LinearOperator w = DenseOperator.copyOf(layer.parameter("W").transpose());
        LinearOperator r = DenseOperator.copyOf(layer.parameter("RW").transpose());
        Offset b = Offset.repeated(layer.parameter("b"), 1);
        TensorShape one = TensorShape.flat(r.rows());
        List<Signal> hidden = new ArrayList<>();
        for (Signal x : input.steps()) {
            Signal z = x.affine(w, b, one);
            if (!hidden.isEmpty()) {
                z = z.plus(hidden.get(hidden.size() - 1).affine(r, one));
            }
            hidden.add(Maps.activated(layer, z, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS));
        }
        return Signal.sequence(hidden, input.shape().withChannels(r.rows()));
    }
}
