package org.implicitdl.train.bcd;

import java.util.concurrent.atomic.AtomicInteger;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Parallel;

/**
 * The exact step in the states of one layer: for each sample, the minimizer over x of
 *
 * <p>k(φ*(x) − xᵀz) + Φ₊(Wx + b) − x₊ᵀWx,
 *
 * <p>where z is the layer's weighted input, x₊ the target of the next layer (its states, or the labels), Φ₊ the
 * potential of the next layer's link (or the loss), and k the ratio of the two layers' weights in the relaxation (11).
 * The minimizer is x = φ(v) with v = z + Wᵀ(x₊ − φ₊(Wx + b))/k. The problem is strictly convex: Newton's method with
 * backtracking, in v rather than in x, so that saturated states (x = ±1 to rounding) lose no digit.
 *
 * @param layer the layer of the states, for its φ
 * @param next the layer above it
 * @param ratio k &gt; 0
 * @param tolerance on the gradient's largest component, relative to that of Wᵀx₊ where this exceeds 1
 */
record StateStep(FeedforwardLayer layer, FeedforwardLayer next, double ratio, double tolerance) {

    /** From this ratio downwards the solution is reached through those of larger ratios. */
    private static final double CONTINUATION = 0.25;

    /**
     * The states in the form V = φ⁻¹(X).
     *
     * @param z weighted inputs [n, m] of the layer
     * @param target X₊ [n₊, m]
     * @throws BlockStepException if a sample's equations cannot be solved
     */
    Matrix solve(Matrix z, Matrix target) {
        Matrix v = z.copy();
        AtomicInteger failed = new AtomicInteger(-1);
        Parallel.overSamples(z.cols(), (from, to) -> {
            StateNewton newton = new StateNewton(layer, next, tolerance);
            for (int j = from; j < to; j++) {
                if (!solve(newton, z, target, v, j)) {
                    failed.set(j);
                }
            }
        });
        if (failed.get() >= 0) {
            throw new BlockStepException("The states of sample " + failed.get()
                    + " could not be solved for at the ratio " + ratio + " of the layers' weights; raise epsilon.");
        }
        return v;
    }

    /** Newton from z; if that fails, along decreasing ratios, each from the solution before. */
    private boolean solve(StateNewton newton, Matrix z, Matrix target, Matrix v, int sample) {
        if (newton.run(z, target, v, sample, ratio)) {
            return true;
        }
        System.arraycopy(z.values(), sample * z.rows(), v.values(), sample * z.rows(), z.rows());
        double k = Math.max(1, ratio);
        while (newton.run(z, target, v, sample, k)) {
            if (k == ratio) {
                return true;
            }
            k = Math.max(ratio, CONTINUATION * k);
        }
        return false;
    }
}
