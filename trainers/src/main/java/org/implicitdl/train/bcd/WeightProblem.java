package org.implicitdl.train.bcd;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * The value and the gradient of f(X, ΘS) + ½ρ‖Θ‖²_F, less the part ∑ φ*(x) that does not depend on Θ.
 *
 * @param layer whose link is taken; its weights are not
 * @param s the layer's inputs, with the row of ones if it has a bias
 * @param target X
 * @param ridge ρ
 */
record WeightProblem(FeedforwardLayer layer, Matrix s, Matrix target, double ridge) {

    /** The value at Θ, of which Z = ΘS is known. */
    double value(Matrix theta, Matrix z) {
        return layer.divergence(target, z) + 0.5 * ridge * theta.dot(theta);
    }

    /** The gradient (P − X)Sᵀ + ρΘ, where P = φ(ΘS) is known. */
    Matrix gradient(Matrix theta, Matrix p) {
        return Lapack.timesTranspose(p.plus(-1, target), s).plus(ridge, theta);
    }
}
