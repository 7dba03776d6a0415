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
 * @param tolerance on the gradient's largest component, relative to that of kz and of |W|ᵀ|x₊| where these exceed 1
 */
record StateStep(FeedforwardLayer layer, FeedforwardLayer next, double ratio, double tolerance) {

    /** The first factor between the ratios of the continuation. */
    private static final double CONTINUATION = 0.1;
    /** A factor this close to 1 gives up. */
    private static final double SHORTEST = 0.99;

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
                    failed.accumulateAndGet(j, (first, other) -> first < 0 ? other : Math.min(first, other));
                }
            }
        });
        if (failed.get() >= 0) {
            throw new BlockStepException(
                    "The states of sample " + failed.get() + " could not be solved for at the ratio " + ratio
                            + " of the layers' weights; raise epsilon, or scale features and labels to about 1.");
        }
        return v;
    }

    /**
     * Newton from z; if that fails, along decreasing ratios, each from the solution before. The first is so large that
     * the problem is well conditioned; steps that fail are shortened.
     */
    private boolean solve(StateNewton newton, Matrix z, Matrix target, Matrix v, int sample) {
        if (newton.run(z, target, v, sample, ratio)) {
            return true;
        }
        newton.beCareful();
        int n = z.rows();
        double norm = next.weightsWithoutBias().frobeniusNorm();
        double solved = Math.max(ratio, next.link().curvatureBound() * norm * norm);
        System.arraycopy(z.values(), sample * n, v.values(), sample * n, n);
        if (!newton.run(z, target, v, sample, solved)) {
            return false;
        }
        double factor = CONTINUATION;
        double[] solution = new double[n];
        while (solved > ratio && factor < SHORTEST) {
            System.arraycopy(v.values(), sample * n, solution, 0, n);
            double k = Math.max(ratio, factor * solved);
            if (newton.run(z, target, v, sample, k)) {
                solved = k;
                factor *= factor;
            } else {
                System.arraycopy(solution, 0, v.values(), sample * n, n);
                factor = Math.sqrt(factor);
            }
        }
        return solved == ratio;
    }
}
