package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.ExactOptions;
import org.implicitdl.train.bcd.LayerFit;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * The step (12) in C and D: the minimizer of L(Y, CP + DV) + ½ρ(‖C‖² + ‖D‖²), by Cholesky's factorization for the squared
 * loss, Newton's method for small readouts, Böhning's majorant for others.
 */
record ReadoutStep(ImplicitProblem problem, double ridge) {

    ImplicitWeights update(ImplicitWeights weights, Matrix p) {
        int n = p.rows();
        int r = problem.v().rows();
        int q = weights.c().rows();
        Matrix theta = Matrix.zeros(q, n + r);
        System.arraycopy(weights.c().values(), 0, theta.values(), 0, q * n);
        System.arraycopy(weights.d().values(), 0, theta.values(), q * n, q * r);
        FeedforwardLayer layer = new FeedforwardLayer(theta, false, problem.loss());
        Matrix fitted = LayerFit.of(ExactOptions.defaults().withRidge(ridge))
                .update(layer, stacked(p, problem.v()), problem.y())
                .weights();
        Matrix c = Matrix.zeros(q, n);
        Matrix d = Matrix.zeros(q, r);
        System.arraycopy(fitted.values(), 0, c.values(), 0, q * n);
        System.arraycopy(fitted.values(), q * n, d.values(), 0, q * r);
        return weights.withReadout(c, d);
    }

    /** [P; V]. */
    private static Matrix stacked(Matrix p, Matrix v) {
        int n = p.rows();
        int r = v.rows();
        Matrix stacked = Matrix.zeros(n + r, p.cols());
        for (int j = 0; j < p.cols(); j++) {
            System.arraycopy(p.values(), j * n, stacked.values(), j * (n + r), n);
            System.arraycopy(v.values(), j * r, stacked.values(), j * (n + r) + n, r);
        }
        return stacked;
    }
}
