package org.implicitdl.train.bcd;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;

/**
 * Newton's method with backtracking for the weights of a softmax layer: the Hessian of the cross-entropy has the blocks
 * S diag(pₐ(δₐᵦ − pᵦ)) Sᵀ, for the classes a and b.
 */
record SoftmaxNewton(double ridge, double tolerance) {
    private static final int MAX_ITERATIONS = 100;
    private static final int MAX_HALVINGS = 40;
    private static final double ARMIJO = 1e-4;
    private static final double ROUNDING = 1e-14;

    Matrix minimize(FeedforwardLayer start, Matrix s, Matrix target) {
        double bound = tolerance * Math.max(1, Lapack.timesTranspose(target, s).maxAbs());
        WeightProblem problem = new WeightProblem(start, s, target, ridge);
        Matrix theta = start.weights();
        Matrix z = Lapack.times(theta, s);
        double f = problem.value(theta, z);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            Matrix p = start.activate(z);
            Matrix gradient = problem.gradient(theta, p);
            if (gradient.maxAbs() <= bound) {
                break;
            }
            Matrix step =
                    WeightStep.factor(hessian(p, s)).solve(new Matrix(gradient.values().length, 1, gradient.values()));
            Matrix direction = new Matrix(theta.rows(), theta.cols(), step.values());
            double slope = -direction.dot(gradient);
            boolean moved = false;
            double t = 1;
            for (int halving = 0; halving < MAX_HALVINGS && !moved; halving++, t /= 2) {
                Matrix trial = theta.plus(-t, direction);
                Matrix zTrial = Lapack.times(trial, s);
                double next = problem.value(trial, zTrial);
                if (next <= f + ARMIJO * t * slope + ROUNDING * Math.abs(f)) {
                    theta = trial;
                    z = zTrial;
                    f = Math.min(f, next);
                    moved = true;
                }
            }
            if (!moved) {
                break;
            }
        }
        return theta;
    }

    /** In the order of the weights' storage: entry (a, i) of Θ is number a + i·q. */
    private Matrix hessian(Matrix p, Matrix s) {
        int q = p.rows();
        int n = s.rows();
        Matrix hessian = Matrix.zeros(q * n, q * n);
        Matrix scaled = Matrix.zeros(n, s.cols());
        for (int a = 0; a < q; a++) {
            for (int b = a; b < q; b++) {
                for (int j = 0; j < s.cols(); j++) {
                    double curvature = p.get(a, j) * ((a == b ? 1 : 0) - p.get(b, j));
                    for (int i = j * n; i < (j + 1) * n; i++) {
                        scaled.values()[i] = curvature * s.values()[i];
                    }
                }
                Matrix block = Lapack.timesTranspose(scaled, s);
                for (int i = 0; i < n; i++) {
                    for (int l = 0; l < n; l++) {
                        hessian.set(a + i * q, b + l * q, block.get(i, l));
                        hessian.set(b + l * q, a + i * q, block.get(i, l));
                    }
                }
            }
        }
        return hessian.addToDiagonal(ridge);
    }
}
