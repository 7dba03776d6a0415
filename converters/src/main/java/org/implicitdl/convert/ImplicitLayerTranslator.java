package org.implicitdl.convert;

import org.implicitdl.activation.Activation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.wellposed.IllPosedException;
import org.implicitdl.wellposed.WellPosedness;

/**
 * A layer that is an implicit model already: its states become states of the whole model as they are, and its A a diagonal
 * block of the whole A, which is block upper triangular then, and well-posed if the layer is (Theorem 1).
 */
final class ImplicitLayerTranslator implements LayerTranslator<ImplicitLayer> {

    @Override
    public Class<ImplicitLayer> type() {
        return ImplicitLayer.class;
    }

    @Override
    public Signal translate(LayerSource<ImplicitLayer> layer, Signal input) {
        TensorShape shape = input.shape();
        if (shape.channels() != layer.conf().getNIn() || !(shape.grid().isEmpty() || shape.folded())) {
            throw layer.unsupported("it takes rows of " + layer.conf().getNIn() + " features, but its input has "
                    + shape + "; give the right input type");
        }
        ImplicitModel rule = rule(layer);
        TensorShape to = shape.withChannels(rule.outputs());
        if (shape.points() == 1) {
            return input.through(rule, to);
        }
        TensorShape row = TensorShape.flat(rule.outputs());
        return Signal.sequence(
                input.steps().stream().map(step -> step.through(rule, row)).toList(), to);
    }

    private static ImplicitModel rule(LayerSource<ImplicitLayer> layer) {
        layer.parameters().keySet().forEach(layer::parameter);
        ImplicitModel rule = layer.conf().model(layer.parameters());
        Activation phi = Maps.map(layer, layer.conf().getActivationFn());
        if (layer.conf().getWellPosed() == WellPosed.NONE) {
            requireWellPosed(layer, rule);
        }
        return ImplicitModel.of(rule.a(), rule.b(), rule.c(), rule.d(), rule.bias(), rule.shift(), phi);
    }

    private static void requireWellPosed(LayerSource<ImplicitLayer> layer, ImplicitModel rule) {
        try {
            WellPosedness.certify(rule.a(), rule.phi());
        } catch (IllPosedException e) {
            throw layer.unsupported("it has wellPosed(NONE), and no proof is found that its equation has exactly one"
                    + " solution, so that it may compute several things; train it with another wellPosed(...). "
                    + e.getMessage());
        }
    }
}
