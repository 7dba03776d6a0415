package org.implicitdl.train.bcd;

import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.SoftmaxLink;

/**
 * The step in the weights of one layer: the minimizer over Θ of
 *
 * <p>f(X, ΘS) + ½ρ‖Θ‖²_F,
 *
 * <p>where S holds the layer's inputs (with a row of ones for the bias) and X its states, or the labels. It is convex;
 * its gradient is (φ(ΘS) − X)Sᵀ + ρΘ. Squared loss: one Cholesky factorization. Small layers: Newton's method, row by
 * row for a componentwise φ, since rows decouple. Others: accelerated steps preconditioned by the Gram matrix SSᵀ.
 *
 * @param ridge ρ ≥ 0
 * @param tolerance on the gradient's largest component, relative to that of XSᵀ where this exceeds 1
 * @param newtonSize the largest order of the linear systems of Newton's method; 0 for never
 * @param preconditionedSteps how many preconditioned steps are taken at most
 */
public record WeightStep(double ridge, double tolerance, int newtonSize, int preconditionedSteps) {

    /** The step with the options of exact blocks. */
    public static WeightStep of(ExactOptions options) {
        return new WeightStep(
                options.ridge(), options.tolerance(), options.newtonSize(), options.preconditionedSteps());
    }

    /**
     * The layer with its weights updated, never to a higher value.
     *
     * @param x the layer's inputs [n, m]
     * @param target the layer's states [q, m]
     */
    public FeedforwardLayer update(FeedforwardLayer layer, Matrix x, Matrix target) {
        Matrix s = layer.design(x);
        Matrix theta = layer.weights();
        if (layer.link() instanceof ComponentwiseLink link) {
            if (link.activation().equals(Activations.identity())) {
                return layer.withWeights(leastSquares(s, target));
            }
            if (theta.cols() <= newtonSize) {
                return layer.withWeights(new RowNewton(link.activation(), ridge, tolerance).minimize(theta, s, target));
            }
        }
        if (layer.link() instanceof SoftmaxLink && theta.values().length <= newtonSize) {
            return layer.withWeights(new SoftmaxNewton(ridge, tolerance).minimize(layer, s, target));
        }
        return layer.withWeights(
                new PreconditionedDescent(ridge, tolerance, preconditionedSteps).minimize(layer, s, target));
    }

    /** Θ = XSᵀ(SSᵀ + ρI)⁻¹; the minimizer of least norm if that matrix is singular. */
    private Matrix leastSquares(Matrix s, Matrix target) {
        Matrix cross = Lapack.timesTranspose(s, target);
        Matrix gram = Lapack.gram(s).addToDiagonal(ridge);
        return Lapack.cholesky(gram)
                .map(cholesky -> cholesky.solve(cross))
                .orElseGet(() -> Lapack.leastSquares(gram, cross))
                .transpose();
    }

    /**
     * The factor of a positive semidefinite matrix of which rounding, or too few samples, may have taken the definite:
     * shifted by the least power of ten of its largest diagonal entry that restores it.
     */
    static Lapack.Cholesky factor(Matrix hessian) {
        double largest = 0;
        for (int i = 0; i < hessian.rows(); i++) {
            largest = Math.max(largest, hessian.get(i, i));
        }
        double shift = Math.max(1e-14 * largest, Double.MIN_NORMAL);
        Matrix shifted = hessian;
        for (int attempt = 0; attempt < 20; attempt++, shift *= 10) {
            shifted = shifted.addToDiagonal(shift);
            var factor = Lapack.cholesky(shifted);
            if (factor.isPresent()) {
                return factor.get();
            }
        }
        throw new BlockStepException("The Hessian of a layer's weights could not be factored; its largest diagonal"
                + " entry is " + largest + ". Scale the features, or raise the ridge.");
    }
}
