package org.implicitdl.train.implicit;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;

/**
 * Steps in the states of the relaxation (9), which has no proxy: down the function of X
 *
 * <p>L(Y, CX + DV) + ∑ᵢ λᵢ(φ*(Xᵢ) + Φ(Zᵢ) − XᵢZᵢ), Z = AX + BU.
 *
 * <p>The sum of Φ(Zᵢ) − XᵢZᵢ need not be convex in X, since its Hessian is AᵀΛΦ''A − ΛA − AᵀΛ, but it has the smoothness
 * M = (L‖A‖₂² + 2‖A‖₂) max λ for a φ of the Lipschitz constant L. Its tangent at X and ½M‖· − X‖² lie above it; in its place
 * they make the problem (15) of a proxy with μ = M at the weighted inputs Z − Λ⁻¹AᵀΛ(φ(Z) − X), whose exact solution never
 * raises the objective.
 *
 * @param steps how many
 * @param tolerance of the proxies
 */
record FreeStateStep(
        ImplicitProblem problem, ImplicitWeights weights, Relaxation relaxation, int steps, double tolerance) {
    /** Of λ; what M is at least. */
    private static final double LEAST = 1e-9;

    /**
     * V = φ⁻¹(X) of the new states.
     *
     * @param known BU [n, m]
     */
    Matrix solve(Matrix known, Matrix start) {
        double norm = norm(weights.a());
        double curvature = problem.phi().lipschitz() * norm * norm + 2 * norm;
        ProxyStep step = new ProxyStep(
                problem, weights, relaxation.withProxy(relaxation.largest() * Math.max(LEAST, curvature)), tolerance);
        Matrix x = start;
        Matrix v = null;
        for (int i = 0; i < steps; i++) {
            v = step.solve(x, shifted(known, x));
            x = new ComponentwiseLink(problem.phi()).values(v);
        }
        return v;
    }

    /** Z − Λ⁻¹AᵀΛ(φ(Z) − X). */
    private Matrix shifted(Matrix known, Matrix x) {
        Matrix z = Lapack.times(weights.a(), x).add(1, known);
        Matrix pull = Lapack.transposeTimes(weights.a(), Objective.slope(problem.phi(), relaxation, x, z));
        for (int i = 0; i < pull.values().length; i++) {
            pull.values()[i] /= relaxation.lambda(i % pull.rows());
        }
        return z.add(-1, pull);
    }

    /** A bound of ‖A‖₂: √(‖A‖₁‖A‖∞), or ‖A‖_F if that is less. */
    private static double norm(Matrix a) {
        double[] rows = new double[a.rows()];
        double largestColumn = 0;
        double largestRow = 0;
        for (int j = 0; j < a.cols(); j++) {
            double column = 0;
            for (int i = 0; i < a.rows(); i++) {
                double size = Math.abs(a.get(i, j));
                column += size;
                rows[i] += size;
            }
            largestColumn = Math.max(largestColumn, column);
        }
        for (double row : rows) {
            largestRow = Math.max(largestRow, row);
        }
        return Math.min(a.frobeniusNorm(), Math.sqrt(largestColumn * largestRow));
    }
}
