package org.implicitdl.train.bcd;

import java.util.stream.IntStream;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * Newton's method with backtracking for each row θ of the weights: min ∑ⱼ Φ(θᵀsⱼ) − xⱼθᵀsⱼ + ½ρ‖θ‖². Its Hessian is
 * S diag(φ'(θᵀsⱼ)) Sᵀ + ρI. Where that is singular, or so uneven that its steps lead nowhere, a part of its bound
 * L·SSᵀ is added, which with the factor 1 always gives a good step.
 */
record RowNewton(FenchelActivation phi, double ridge, double tolerance) {
    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_HALVINGS = 8;
    private static final double ARMIJO = 1e-4;
    /** Where the damping begins. */
    private static final double FIRST_DAMPING = 1e-6;
    /** A full step that lowers the gradient by this factor is taken as it is. */
    private static final double CONTRACTION = 0.5;

    /**
     * The minimizing weights, from given ones.
     *
     * @param theta [n, p]
     * @param s [p, m]
     * @param target [n, m]
     */
    Matrix minimize(Matrix theta, Matrix s, Matrix target) {
        Matrix result = theta.copy();
        IntStream.range(0, theta.rows()).parallel().forEach(row -> {
            double[] solution = new Row(row(theta, row), s, row(target, row)).minimize();
            for (int j = 0; j < theta.cols(); j++) {
                result.set(row, j, solution[j]);
            }
        });
        return result;
    }

    private static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.cols()];
        for (int j = 0; j < values.length; j++) {
            values[j] = matrix.get(row, j);
        }
        return values;
    }

    /** The problem of one row. */
    private final class Row {
        private final Matrix s;
        private final double[] target;
        private double[] theta;
        private double[] z;
        private final double[] values;
        private final double[] slopes;
        private double damping;

        Row(double[] theta, Matrix s, double[] target) {
            this.s = s;
            this.target = target;
            this.theta = theta;
            this.z = weighted(theta);
            this.values = new double[target.length];
            this.slopes = new double[target.length];
        }

        double[] minimize() {
            double scale = Math.max(1, maxAbs(multiply(target)));
            double[] start = theta;
            double[] gradient = gradient();
            double least = maxAbs(gradient);
            for (int iteration = 0; iteration < MAX_ITERATIONS && maxAbs(gradient) > tolerance * scale; iteration++) {
                // The floor keeps steps finite where φ is flat, and vanishes with the gradient.
                double floor = FIRST_DAMPING * Math.min(1, maxAbs(gradient) / scale);
                double[] step = WeightStep.factor(hessian(Math.max(damping, floor)))
                        .solve(new Matrix(gradient.length, 1, gradient))
                        .values();
                double[] thetaBefore = theta;
                double[] zBefore = z;
                theta = minus(thetaBefore, 1, step);
                z = weighted(theta);
                double[] next = gradient();
                // As in the states' step: a good Newton step needs no logarithm to be told from a bad one.
                boolean good = maxAbs(next) <= CONTRACTION * least;
                if (good || backtrack(thetaBefore, zBefore, gradient, step)) {
                    damping = damping <= FIRST_DAMPING ? 0 : damping / 10;
                } else if (damping < 1) {
                    damping = Math.min(1, Math.max(FIRST_DAMPING, 100 * damping));
                } else {
                    break;
                }
                gradient = good ? next : gradient();
                least = Math.min(least, maxAbs(gradient));
            }
            // Newton's method as it ends is at the minimum; if it was stopped on its way, the start may have been
            // lower.
            return maxAbs(gradient) <= tolerance * scale || objective(theta, z) <= objective(start, weighted(start))
                    ? theta
                    : start;
        }

        /** Moves to θ − tδ for the first t = 1, ½, ¼ … that lowers the objective enough; stays if there is none. */
        private boolean backtrack(double[] thetaBefore, double[] zBefore, double[] gradient, double[] step) {
            double f = objective(thetaBefore, zBefore);
            double slope = 0;
            for (int i = 0; i < step.length; i++) {
                slope -= step[i] * gradient[i];
            }
            double t = 1;
            for (int halving = 0; halving < MAX_HALVINGS; halving++, t /= 2) {
                theta = minus(thetaBefore, t, step);
                z = weighted(theta);
                if (objective(theta, z) <= f + ARMIJO * t * slope) {
                    return true;
                }
            }
            theta = thetaBefore;
            z = zBefore;
            return false;
        }

        private double objective(double[] theta, double[] z) {
            double sum = 0;
            for (int j = 0; j < z.length; j++) {
                sum += phi.potential(z[j]) - target[j] * z[j];
            }
            double norm = 0;
            for (double value : theta) {
                norm += value * value;
            }
            return sum + 0.5 * ridge * norm;
        }

        /** At θ; leaves φ(z) and φ'(z) behind. */
        private double[] gradient() {
            phi.valuesAndDerivatives(z, values, slopes, 0, z.length);
            double[] error = new double[target.length];
            for (int j = 0; j < error.length; j++) {
                error[j] = values[j] - target[j];
            }
            double[] gradient = multiply(error);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += ridge * theta[i];
            }
            return gradient;
        }

        /** S diag(φ' + σL) Sᵀ + ρI with the damping σ. */
        private Matrix hessian(double damping) {
            int p = s.rows();
            Matrix scaled = Matrix.zeros(p, s.cols());
            for (int j = 0; j < s.cols(); j++) {
                double root = Math.sqrt(slopes[j] + damping * phi.lipschitz());
                for (int i = j * p; i < (j + 1) * p; i++) {
                    scaled.values()[i] = root * s.values()[i];
                }
            }
            return Lapack.gram(scaled).addToDiagonal(ridge);
        }

        /** Sᵀθ. */
        private double[] weighted(double[] theta) {
            return Lapack.transposeTimes(s, new Matrix(theta.length, 1, theta)).values();
        }

        /** Se. */
        private double[] multiply(double[] e) {
            return Lapack.times(s, new Matrix(e.length, 1, e)).values();
        }
    }

    private static double[] minus(double[] x, double t, double[] y) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] - t * y[i];
        }
        return result;
    }

    private static double maxAbs(double[] x) {
        double max = 0;
        for (double value : x) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }
}
