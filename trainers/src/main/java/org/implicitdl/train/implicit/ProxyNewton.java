package org.implicitdl.train.implicit;

import java.util.Arrays;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.SmallCholesky;
import org.implicitdl.train.feedforward.Link;

/**
 * Newton's method for the residual w of one sample (see {@link ProxyStep}), in buffers that it owns: one per thread.
 *
 * <p>The equation is F(w) = w − y + ∇Φ(s) = 0 with s = Cp + Dv and p = p(λz + μx + Cᵀw). With ∇²Φ(s) = RRᵀ and
 * K = C diag(p')Cᵀ its Jacobian is I + RRᵀK, whose inverse times F is F − R(I + RᵀKR)⁻¹RᵀKF: a positive definite system
 * of the output's size. Steps are halved until ‖F‖ falls.
 */
final class ProxyNewton {
    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_HALVINGS = 20;
    private static final double LARGEST_MULTIPLE = 1e12;
    /** A factor of the continuation this close to 1 gives up. */
    private static final double SHORTEST = 0.999;
    /** The part of the linear model's decrease of ‖F‖ that a step must bring. */
    private static final double ARMIJO = 1e-4;

    private final ImplicitProblem problem;
    private final Link loss;
    private final Matrix c;
    private final Relaxation relaxation;
    private Resolvent resolvent;
    private final double tolerance;
    private final int n;
    private final int q;

    private final double[] base;
    private final double[] v;
    private final double[] p;
    private final double[] slopes;
    private final double[] w;
    private final double[] trial;
    private final double[] y;
    private final double[] known;
    private final double[] s;
    private final double[] f;
    private final double[] next;
    private final Matrix factor;
    private final Matrix kernel;
    private final SmallCholesky system;

    ProxyNewton(ImplicitProblem problem, Matrix c, Relaxation relaxation, double tolerance) {
        this.problem = problem;
        this.loss = problem.loss();
        this.c = c;
        this.relaxation = relaxation;
        this.tolerance = tolerance;
        this.n = c.cols();
        this.q = c.rows();
        this.base = new double[n];
        this.v = new double[n];
        this.p = new double[n];
        this.slopes = new double[n];
        this.w = new double[q];
        this.trial = new double[q];
        this.y = new double[q];
        this.known = new double[q];
        this.s = new double[q];
        this.f = new double[q];
        this.next = new double[q];
        this.factor = Matrix.zeros(q, q);
        this.kernel = Matrix.zeros(q, q);
        this.system = new SmallCholesky(q);
    }

    /** Solves for one column of V; false if the tolerance was not met. */
    boolean solve(Matrix x, Matrix z, Matrix dv, Matrix result, int sample) {
        System.arraycopy(problem.y().values(), sample * q, y, 0, q);
        System.arraycopy(dv.values(), sample * q, known, 0, q);
        System.arraycopy(result.values(), sample * n, v, 0, n);
        Arrays.fill(w, 0);
        if (!run(1, x, z, sample) && !continued(x, z, sample)) {
            return false;
        }
        System.arraycopy(v, 0, result.values(), sample * n, n);
        return true;
    }

    /** Along decreasing multiples of λ and μ, each from the solution before; where that fails, by shorter steps. */
    private boolean continued(Matrix x, Matrix z, int sample) {
        double multiple = 1;
        do {
            multiple *= 16;
            Arrays.fill(w, 0);
            if (multiple > LARGEST_MULTIPLE) {
                return false;
            }
        } while (!run(multiple, x, z, sample));
        double factor = 0.25;
        double[] solution = w.clone();
        while (multiple > 1 && factor < SHORTEST) {
            double next = Math.max(1, factor * multiple);
            if (run(next, x, z, sample)) {
                multiple = next;
                factor *= factor;
                System.arraycopy(w, 0, solution, 0, q);
            } else {
                factor = Math.sqrt(factor);
                System.arraycopy(solution, 0, w, 0, q);
            }
        }
        return multiple == 1;
    }

    /** Newton from w for a multiple of λ and μ. */
    private boolean run(double multiple, Matrix x, Matrix z, int sample) {
        resolvent = new Resolvent(problem.phi(), multiple == 1 ? relaxation : relaxation.times(multiple));
        double scale = 1;
        for (double label : y) {
            scale = Math.max(scale, Math.abs(label));
        }
        for (int i = 0; i < n; i++) {
            base[i] = resolvent.base(i, z.values()[sample * n + i], x.values()[sample * n + i]);
        }
        double norm = evaluate(w, f);
        for (int iteration = 0; max(f) > tolerance * scale; iteration++) {
            if (iteration == MAX_ITERATIONS || !step(norm)) {
                return false;
            }
            norm = Math.sqrt(square(f));
        }
        return true;
    }

    /** One step; leaves F at the new w. False if no step lowers ‖F‖. */
    private boolean step(double norm) {
        double[] direction = direction();
        double length = 1;
        for (int halving = 0; halving < MAX_HALVINGS; halving++, length /= 2) {
            for (int i = 0; i < q; i++) {
                trial[i] = w[i] - length * direction[i];
            }
            if (evaluate(trial, next) <= (1 - ARMIJO * length) * norm) {
                System.arraycopy(trial, 0, w, 0, q);
                System.arraycopy(next, 0, f, 0, q);
                return true;
            }
        }
        return false;
    }

    /** V, P, its slopes, S and F at w; returns ‖F‖. */
    private double evaluate(double[] at, double[] residual) {
        System.arraycopy(known, 0, s, 0, q);
        double[] cs = c.values();
        for (int j = 0; j < n; j++) {
            double pull = base[j];
            for (int i = 0; i < q; i++) {
                pull += cs[i + j * q] * at[i];
            }
            v[j] = resolvent.solve(j, pull, v[j]);
            p[j] = problem.phi().value(v[j]);
            slopes[j] = resolvent.slope(j, v[j]);
            for (int i = 0; i < q; i++) {
                s[i] += cs[i + j * q] * p[j];
            }
        }
        loss.values(s, residual, 0, q);
        for (int i = 0; i < q; i++) {
            residual[i] += at[i] - y[i];
        }
        return Math.sqrt(square(residual));
    }

    /** (I + RRᵀK)⁻¹F at w, where the last evaluation was. */
    private double[] direction() {
        double[] link = new double[q];
        loss.values(s, link, 0, q);
        // Rᵀ, as the factor's product with the identity.
        loss.curvatureFactorTimes(s, link, 0, Matrix.identity(q), factor);
        kernel();
        double[] kf = new double[q];
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                kf[i] += kernel.get(i, k) * f[k];
            }
        }
        Matrix rk = multiply(factor, kernel);
        system.clear(1);
        for (int a = 0; a < q; a++) {
            double right = 0;
            for (int k = 0; k < q; k++) {
                right += factor.get(a, k) * kf[k];
            }
            system.rightSide()[a] = right;
            for (int b = 0; b <= a; b++) {
                double entry = 0;
                for (int k = 0; k < q; k++) {
                    entry += rk.get(a, k) * factor.get(b, k);
                }
                system.add(a, b, entry);
            }
        }
        system.solve();
        double[] direction = f.clone();
        for (int i = 0; i < q; i++) {
            for (int a = 0; a < q; a++) {
                direction[i] -= factor.get(a, i) * system.rightSide()[a];
            }
        }
        return direction;
    }

    /** K = C diag(p')Cᵀ. */
    private void kernel() {
        double[] cs = c.values();
        Arrays.fill(kernel.values(), 0);
        for (int j = 0; j < n; j++) {
            if (slopes[j] == 0) {
                continue;
            }
            for (int a = 0; a < q; a++) {
                double scaled = slopes[j] * cs[a + j * q];
                for (int b = 0; b < q; b++) {
                    kernel.values()[a + b * q] += scaled * cs[b + j * q];
                }
            }
        }
    }

    private Matrix multiply(Matrix left, Matrix right) {
        Matrix product = Matrix.zeros(q, q);
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += left.get(a, k) * right.get(k, b);
                }
                product.set(a, b, sum);
            }
        }
        return product;
    }

    private static double max(double[] vector) {
        double max = 0;
        for (double value : vector) {
            max = Math.max(max, Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value));
        }
        return max;
    }

    private static double square(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return sum;
    }
}
