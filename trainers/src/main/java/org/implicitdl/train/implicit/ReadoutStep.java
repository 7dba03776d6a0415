package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.ExactOptions;
import org.implicitdl.train.bcd.WeightStep;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * The step (12) in C and D: the minimizer of L(Y, CP + DV) + ½ρ(‖C‖² + ‖D‖²), by Cholesky's factorization for the squared
 * loss, Newton's method for small readouts, Böhning's majorant for others.
 */
record ReadoutStep(ImplicitProblem problem, double ridge) {

    ImplicitWeights update(ImplicitWeights weights, Matrix p) {
        int n = p.rows();
        Matrix theta = Matrix.zeros(weights.c().rows(), n + problem.v().rows());
        theta.write(weights.c(), 0, 0);
        theta.write(weights.d(), 0, n);
        FeedforwardLayer layer = new FeedforwardLayer(theta, false, problem.loss());
        Matrix fitted = WeightStep.of(ExactOptions.defaults().withRidge(ridge))
                .update(layer, Matrix.above(p, problem.v()), problem.y())
                .weights();
        return weights.withReadout(
                fitted.part(0, fitted.rows(), 0, n), fitted.part(0, fitted.rows(), n, fitted.cols()));
    }
}
