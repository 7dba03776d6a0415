package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.DiagonalOperator;

/** An element-wise multiplication: φ(diag(w)h + b). */
final class ElementWiseMultiplicationTranslator implements LayerTranslator<ElementWiseMultiplicationLayer> {

    @Override
    public Class<ElementWiseMultiplicationLayer> type() {
        return ElementWiseMultiplicationLayer.class;
    }

    @Override
    public Signal translate(LayerSource<ElementWiseMultiplicationLayer> layer, Signal input) {
        int points = input.shape().points();
        Signal scaled = input.affine(
                DiagonalOperator.repeated(layer.parameter("W"), points),
                Offset.repeated(layer.parameter("b"), points),
                input.shape());
        return Maps.activated(layer, scaled, layer.conf().getActivationFn(), Maps.SoftmaxAxis.CHANNELS);
    }
}
