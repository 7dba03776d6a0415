package org.implicitdl.train.feedforward;

import java.util.Arrays;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * One layer x ↦ φ(Wx + b) of a feedforward model.
 *
 * @param weights Θ = [W b] of [outputs, inputs + 1] if the layer has a bias, else W of [outputs, inputs]
 * @param hasBias whether the last column of the weights is the bias, met by a constant input of 1 (§2.1)
 * @param link φ; that of the last layer is the loss
 */
public record FeedforwardLayer(Matrix weights, boolean hasBias, Link link) {

    /** @throws ShapeException if there is no weight */
    public FeedforwardLayer {
        if (weights.rows() < 1 || weights.cols() < (hasBias ? 2 : 1)) {
            throw new ShapeException("A layer needs at least one input and one output, but its weights are a " + weights
                    + (hasBias ? " with the bias." : "."));
        }
    }

    /** The number of inputs, the bias not counted. */
    public int inputs() {
        return weights.cols() - (hasBias ? 1 : 0);
    }

    /** The number of outputs. */
    public int outputs() {
        return weights.rows();
    }

    /** W [outputs, inputs], a copy. */
    public Matrix weightsWithoutBias() {
        return new Matrix(outputs(), inputs(), Arrays.copyOf(weights.values(), outputs() * inputs()));
    }

    /** b [outputs], a copy; zero if the layer has no bias. */
    public double[] bias() {
        int size = outputs() * inputs();
        return hasBias ? Arrays.copyOfRange(weights.values(), size, size + outputs()) : new double[outputs()];
    }

    /** The layer with other weights. */
    public FeedforwardLayer withWeights(Matrix weights) {
        return new FeedforwardLayer(weights, hasBias, link);
    }

    /** What the weights are applied to: X itself, or X with a row of ones below it. */
    public Matrix design(Matrix x) {
        if (x.rows() != inputs()) {
            throw new ShapeException("The layer takes " + inputs() + " inputs, but is given a " + x + ".");
        }
        return hasBias ? x.aboveOnes() : x;
    }

    /** The weighted inputs S = WX + b1ᵀ. */
    public Matrix weightedInput(Matrix x) {
        return Lapack.times(weights, design(x));
    }

    /** φ(S), sample by sample. */
    public Matrix activate(Matrix s) {
        return link.values(s);
    }

    /** The divergence ∑ f(x, s) over the samples, less the part ∑ φ*(x). */
    public double divergence(Matrix x, Matrix s) {
        return link.divergence(x, s);
    }
}
