package org.implicitdl.convert;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.implicitdl.operator.DiagonalOperator;

/** An element-wise multiplication: φ(diag(w)h + b). */
final class ElementWiseMultiplicationTranslator implements LayerTranslator<ElementWiseMultiplicationLayer> {

    @Override
    public Class<ElementWiseMultiplicationLayer> type() {
        return ElementWiseMultiplicationLayer.class;
    }

    @Override
    public List<Step> translate(LayerSource<ElementWiseMultiplicationLayer> layer) {
        Step scale = new Step.Affine(
                DiagonalOperator.copyOf(layer.parameter("W")),
                Optional.of(layer.parameter("b").dup()));
        return Steps.activated(layer, List.of(scale), layer.conf().getActivationFn());
    }
}
