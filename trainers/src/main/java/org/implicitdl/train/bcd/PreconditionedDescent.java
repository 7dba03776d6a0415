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

        Weights theta = new Weights(start.weights(), Lapack.times(start.weights(), s));
        Weights leading = theta;
        double f = problem.value(theta.values(), theta.image());
        double momentum = 1;
        for (int step = 0; step < maxSteps; step++) {
            Matrix gradient = problem.gradient(leading.values(), start.activate(leading.image()));
            if (leading == theta && gradient.maxAbs() <= bound) {
                break;
            }
            Matrix values =
                    leading.values().plus(-1, factor.solve(gradient.transpose()).transpose());
            Weights moved = new Weights(values, Lapack.times(values, s));
            double next = problem.value(moved.values(), moved.image());
            if (next > f) {
                if (leading == theta) {
                    break;
                }
                leading = theta;
                momentum = 1;
                continue;
            }
            double grown = 0.5 * (1 + Math.sqrt(1 + 4 * momentum * momentum));
            leading = moved.beyond(theta, (momentum - 1) / grown);
            momentum = grown;
            theta = moved;
            f = next;
        }
        return theta.values();
    }

    /** Θ, with the product ΘS that the value and the gradient share, and that is linear in Θ. */
    private record Weights(Matrix values, Matrix image) {

        /** Further on the line from others to these. */
        Weights beyond(Weights others, double weight) {
            return weight == 0
                    ? this
                    : new Weights(
                            values.plus(weight, values.plus(-1, others.values)),
                            image.plus(weight, image.plus(-1, others.image)));
        }
    }
}
