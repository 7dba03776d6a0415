package org.implicitdl.train.bcd;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/** The weights of one layer that best map given inputs to given states, f(X, ΘS) + ½ρ‖Θ‖²_F: a convex problem. */
public final class LayerFit {
    private final WeightStep step;

    private LayerFit(WeightStep step) {
        this.step = step;
    }

    /** A fit to the given tolerance. */
    public static LayerFit of(ExactOptions options) {
        return new LayerFit(new WeightStep(
                options.ridge(), options.tolerance(), options.newtonSize(), options.preconditionedSteps()));
    }

    /**
     * The layer with its weights fitted, never to a higher value.
     *
     * @param x the layer's inputs [n, m]
     * @param target the layer's states [q, m], or the labels
     */
    public FeedforwardLayer update(FeedforwardLayer layer, Matrix x, Matrix target) {
        return step.update(layer, x, target);
    }
}
