package org.implicitdl.train.implicit;

import java.util.concurrent.atomic.AtomicInteger;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.feedforward.Parallel;

/**
 * The exact step (15) in the proxy P: for each sample the minimizer over p of
 *
 * <p>L(y, Cp + Dv) + ∑ᵢ λᵢ f_φ(pᵢ, zᵢ) + ½μ‖x − p‖²,
 *
 * <p>a strictly convex problem. Its solution is p = φ(v) with λv + μφ(v) = λz + μx + Cᵀw, where w is the loss's residual
 * y − ∇Φ(Cp + Dv): a system in w, of the size of the output, which Newton's method solves. P is kept in the form
 * V = φ⁻¹(P), so that saturated states lose no digit.
 *
 * @param tolerance on the largest component of the residual's equation, relative to that of y where this exceeds 1
 */
record ProxyStep(ImplicitProblem problem, ImplicitWeights weights, Relaxation relaxation, double tolerance) {

    /**
     * V = φ⁻¹(P).
     *
     * @param x X [n, m]
     * @param z Z = AX + BU [n, m]
     * @throws BlockStepException if a sample's equation cannot be solved
     */
    Matrix solve(Matrix x, Matrix z) {
        Matrix known = Lapack.times(weights.d(), problem.v());
        Matrix v = z.copy();
        AtomicInteger failed = new AtomicInteger(-1);
        Parallel.overSamples(z.cols(), (from, to) -> {
            ProxyNewton newton = new ProxyNewton(problem, weights.c(), relaxation, tolerance);
            for (int j = from; j < to; j++) {
                if (!newton.solve(x, z, known, v, j)) {
                    failed.compareAndSet(-1, j);
                }
            }
        });
        if (failed.get() >= 0) {
            throw new BlockStepException("The proxy of sample " + failed.get() + " could not be solved for at "
                    + relaxation + "; raise lambda, or scale features and labels to about 1.");
        }
        return v;
    }
}
