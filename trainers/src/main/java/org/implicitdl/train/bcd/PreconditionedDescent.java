package org.implicitdl.train.bcd;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * Steps Θ ← Θ − G(L·SSᵀ + ρI)⁻¹ along the gradient G, where L bounds the curvature of φ (½ for softmax: Böhning's
 * majorant): one factorization serves all rows and all steps. Accelerated by Nesterov's momentum, which restarts where
 * the objective would rise (O'Donoghue and Candès, Adaptive restart, 2015).
 */
record PreconditionedDescent(double ridge, double tolerance, int maxSteps) {

    Matrix minimize(FeedforwardLayer start, Matrix s, Matrix target) {
        double bound = tolerance * Math.max(1, Lapack.timesTranspose(target, s).maxAbs());
        WeightProblem problem = new WeightProblem(start, s, target, ridge);
        Matrix metric = Lapack.gram(s);
        for (int i = 0; i < metric.values().length; i++) {
            metric.values()[i] *= start.link().curvatureBound();
        }
        Lapack.Cholesky factor = WeightStep.factor(metric.addToDiagonal(ridge));

        Matrix theta = start.weights();
        Matrix leading = theta;
        double f = problem.value(theta, Lapack.times(theta, s));
        double momentum = 1;
        for (int step = 0; step < maxSteps; step++) {
            Matrix gradient = problem.gradient(leading, start.activate(Lapack.times(leading, s)));
            if (leading == theta && gradient.maxAbs() <= bound) {
                break;
            }
            Matrix moved = leading.plus(-1, factor.solve(gradient.transpose()).transpose());
            double next = problem.value(moved, Lapack.times(moved, s));
            if (next > f) {
                if (leading == theta) {
                    break;
                }
                leading = theta;
                momentum = 1;
                continue;
            }
            double grown = 0.5 * (1 + Math.sqrt(1 + 4 * momentum * momentum));
            double weight = (momentum - 1) / grown;
            leading = weight == 0 ? moved : moved.plus(weight, moved.plus(-1, theta));
            momentum = grown;
            theta = moved;
            f = next;
        }
        return theta;
    }
}
