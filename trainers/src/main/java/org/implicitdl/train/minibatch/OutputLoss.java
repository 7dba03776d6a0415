package org.implicitdl.train.minibatch;

import org.implicitdl.train.feedforward.Link;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss of the outputs of a model, be it that of further layers with all that they do, by its slope. */
@FunctionalInterface
public interface OutputLoss {

    /**
     * The residual w = −∂ℓ/∂ŷ of each sample.
     *
     * @param outputs ŷ [m, q], not changed
     * @param labels [m, …]
     * @return [m, q] in 'c' order, an array of the caller's own
     */
    INDArray residual(INDArray outputs, INDArray labels);

    /** The divergence of a link, y − ∇Φ(ŷ). */
    static OutputLoss of(Link link) {
        return (outputs, labels) -> LayerBlock.applyTo(outputs.dup('c'), link).rsubi(labels);
    }
}
