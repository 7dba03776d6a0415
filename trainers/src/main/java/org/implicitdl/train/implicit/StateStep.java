package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * The step (14) in the states that the rule reads: the minimizer over X of
 *
 * <p>∑ᵢ λᵢ f_φ(Pᵢ, (AX + V)ᵢ) + ½μ‖X − P‖²_F, with the gradient AᵀΛ(φ(AX + V) − P) + μ(X − P).
 *
 * <p>It is strongly convex with the modulus μ and, for a φ of Lipschitz constant L, has the smoothness
 * M = μ + L max λ ‖A‖₂². Accelerated steps of length 1/M for strongly convex functions (Nesterov, Introductory lectures,
 * 2004, 2.2.11) need O(√(M/μ)) products with A, where the published fixed-point iteration diverges for μ ≤ λ‖A‖₂².
 *
 * @param steps how many at most
 * @param tolerance on the largest component of the gradient, relative to μ
 */
record StateStep(ImplicitProblem problem, Relaxation relaxation, int steps, double tolerance) {

    /**
     * X from a given one, never to a higher value than there.
     *
     * @param known V = BU [n, m]
     * @param p P [n, m]
     * @param norm a bound of ‖A‖₂
     */
    Matrix solve(Matrix a, double norm, Matrix known, Matrix p, Matrix start) {
        double mu = relaxation.mu();
        double smoothness = mu + problem.phi().lipschitz() * relaxation.largest() * norm * norm;
        double root = Math.sqrt(mu / smoothness);
        double momentum = (1 - root) / (1 + root);
        Matrix x = start;
        Matrix leading = start;
        for (int step = 0; step < steps; step++) {
            Matrix gradient = gradient(a, known, p, leading);
            if (gradient.maxAbs() <= tolerance * mu) {
                return leading;
            }
            Matrix next = leading.plus(-1 / smoothness, gradient);
            leading = next.plus(momentum, next.plus(-1, x));
            x = next;
        }
        // Momentum may overshoot; a plain step never does.
        return value(a, known, p, x) <= value(a, known, p, start)
                ? x
                : start.plus(-1 / smoothness, gradient(a, known, p, start));
    }

    Matrix gradient(Matrix a, Matrix known, Matrix p, Matrix x) {
        Matrix z = Lapack.times(a, x).add(1, known);
        Matrix gradient = Lapack.transposeTimes(a, Objective.slope(problem.phi(), relaxation, p, z));
        return gradient.add(relaxation.mu(), x).add(-relaxation.mu(), p);
    }

    /** The objective, less what does not depend on X. */
    double value(Matrix a, Matrix known, Matrix p, Matrix x) {
        Matrix z = Lapack.times(a, x).add(1, known);
        return Objective.divergenceIn(problem.phi(), relaxation, p, z) + 0.5 * relaxation.mu() * x.squaredDistance(p);
    }
}
