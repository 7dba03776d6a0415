package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;

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
            Matrix next = Columns.plus(leading.copy(), -1 / smoothness, gradient);
            leading = Columns.plus(next.copy(), momentum, Columns.difference(next, x));
            x = next;
        }
        // Momentum may overshoot; a plain step never does.
        return value(a, known, p, x) <= value(a, known, p, start)
                ? x
                : Columns.plus(start.copy(), -1 / smoothness, gradient(a, known, p, start));
    }

    Matrix gradient(Matrix a, Matrix known, Matrix p, Matrix x) {
        Matrix z = Columns.plus(Lapack.times(a, x), known);
        Matrix error = Columns.plus(Columns.values(new ComponentwiseLink(problem.phi()), z), -1, p);
        int n = a.rows();
        for (int i = 0; i < error.values().length; i++) {
            error.values()[i] *= relaxation.lambda(i % n);
        }
        Matrix gradient = Lapack.transposeTimes(a, error);
        return Columns.plus(Columns.plus(gradient, relaxation.mu(), x), -relaxation.mu(), p);
    }

    /** The objective, less what does not depend on X. */
    double value(Matrix a, Matrix known, Matrix p, Matrix x) {
        Matrix z = Columns.plus(Lapack.times(a, x), known);
        int n = a.rows();
        double sum = 0.5 * relaxation.mu() * Columns.squaredNorm(Columns.difference(x, p));
        for (int i = 0; i < z.values().length; i++) {
            double zi = z.values()[i];
            sum += relaxation.lambda(i % n) * (problem.phi().potential(zi) - p.values()[i] * zi);
        }
        return sum;
    }
}
