package org.implicitdl.train.bcd;

import java.util.Arrays;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Link;

/**
 * Newton's method for the states of one sample (see {@link StateStep}), in buffers that it owns: one per thread.
 *
 * <p>With g = k(v − z) − Wᵀ(x₊ − φ₊(s)), D = diag(φ'(v)) and M = RᵀW from ∇²Φ₊(s) = RRᵀ, the step in v is
 * δ = −(kI + MᵀMD)⁻¹g, taken through a system of the smaller of the two layers' sizes. For φ a projection (ReLU, hard
 * tanh, identity) φ* is ½x² on a box: x is then its own v, D marks the components that are free, and steps are projected
 * (Bertsekas, Projected Newton methods, 1982).
 */
final class StateNewton {
    private static final int MAX_ITERATIONS = 60;
    private static final int MAX_HALVINGS = 50;
    private static final double ARMIJO = 1e-4;
    /** Below this fraction of its terms, a change of the objective is rounding. */
    private static final double ROUNDING = 1e-14;

    private final FenchelActivation phi;
    private final Link link;
    private final double tolerance;
    private final Matrix w;
    private final double[] bias;
    private final int n;
    private final int q;

    private final double[] x;
    private final double[] slopes;
    private final double[] s;
    private final double[] p;
    private final double[] g;
    private final double[] delta;
    private final double[] trial;
    private final Matrix m;
    private final SmallCholesky system;
    private double scale;

    StateNewton(FeedforwardLayer layer, FeedforwardLayer next, double tolerance) {
        this.phi = ((ComponentwiseLink) layer.link()).activation();
        this.link = next.link();
        this.tolerance = tolerance;
        this.n = next.inputs();
        this.q = next.outputs();
        this.w = next.weightsWithoutBias();
        this.bias = next.bias();
        this.x = new double[n];
        this.slopes = new double[n];
        this.s = new double[q];
        this.p = new double[q];
        this.g = new double[n];
        this.delta = new double[n];
        this.trial = new double[n];
        this.m = Matrix.zeros(q, n);
        this.system = new SmallCholesky(Math.min(n, q));
    }

    /** Solves for one column of v, from what it holds; false if the tolerance was not met. */
    boolean run(Matrix z, Matrix target, Matrix v, int sample, double k) {
        int at = sample * n;
        int to = sample * q;
        double[] vs = v.values();
        if (phi.isProjection()) {
            for (int i = at; i < at + n; i++) {
                vs[i] = phi.projectToRange(vs[i]);
            }
        }
        System.arraycopy(vs, at, trial, 0, n);
        double h = evaluate(trial, z.values(), at, target.values(), to, k);
        double bound = tolerance * Math.max(1, targetScale(target.values(), to));
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            gradient(vs, z.values(), at, target.values(), to, k);
            if (residual(vs, at) <= bound) {
                return true;
            }
            direction(vs, at, k);
            double slope = 0;
            for (int i = 0; i < n; i++) {
                slope += g[i] * slopes[i] * delta[i];
            }
            double step = 1;
            double next = h;
            boolean accepted = false;
            for (int halving = 0; halving < MAX_HALVINGS && !accepted; halving++, step /= 2) {
                for (int i = 0; i < n; i++) {
                    trial[i] = phi.isProjection()
                            ? phi.projectToRange(vs[at + i] + step * delta[i])
                            : vs[at + i] + step * delta[i];
                }
                next = evaluate(trial, z.values(), at, target.values(), to, k);
                double expected = phi.isProjection() ? slopeTo(trial, vs, at) : step * slope;
                accepted = next <= h + ARMIJO * expected + ROUNDING * scale;
            }
            if (!accepted) {
                return false;
            }
            System.arraycopy(trial, 0, vs, at, n);
            h = next;
        }
        gradient(vs, z.values(), at, target.values(), to, k);
        return residual(vs, at) <= bound;
    }

    /** The first-order change of the objective on the way to a projected trial point. */
    private double slopeTo(double[] trial, double[] v, int at) {
        double slope = 0;
        for (int i = 0; i < n; i++) {
            slope += g[i] * (trial[i] - v[at + i]);
        }
        return slope;
    }

    /** The objective at v; leaves x, s and p behind, and in {@code scale} the size of its terms. */
    private double evaluate(double[] v, double[] z, int at, double[] target, int to, double k) {
        phi.values(v, x, 0, n);
        double own = 0;
        double linear = 0;
        for (int i = 0; i < n; i++) {
            own += phi.conjugateAt(v[i]);
            linear += x[i] * z[at + i];
        }
        System.arraycopy(bias, 0, s, 0, q);
        double[] ws = w.values();
        for (int j = 0; j < n; j++) {
            double xj = x[j];
            for (int i = 0; i < q; i++) {
                s[i] += ws[i + j * q] * xj;
            }
        }
        link.values(s, p, 0, q);
        double potential = link.potential(s, 0, q);
        double match = 0;
        for (int i = 0; i < q; i++) {
            match += target[to + i] * s[i];
        }
        scale = k * (Math.abs(own) + Math.abs(linear)) + Math.abs(potential) + Math.abs(match);
        return k * (own - linear) + potential - match;
    }

    private void gradient(double[] v, double[] z, int at, double[] target, int to, double k) {
        double[] ws = w.values();
        for (int j = 0; j < n; j++) {
            double pull = 0;
            for (int i = 0; i < q; i++) {
                pull += ws[i + j * q] * (target[to + i] - p[i]);
            }
            g[j] = k * (v[at + j] - z[at + j]) - pull;
        }
    }

    private double targetScale(double[] target, int to) {
        double max = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < q; i++) {
                sum += Math.abs(w.values()[i + j * q] * target[to + i]);
            }
            max = Math.max(max, sum);
        }
        return max;
    }

    /** How far the optimality conditions are violated: |g|, or the projected step where x is bounded. */
    private double residual(double[] v, int at) {
        double max = 0;
        for (int i = 0; i < n; i++) {
            double violation = phi.isProjection() ? v[at + i] - phi.projectToRange(v[at + i] - g[i]) : g[i];
            max = Math.max(max, Math.abs(violation));
        }
        return max;
    }

    private void direction(double[] v, int at, double k) {
        for (int i = 0; i < n; i++) {
            slopes[i] = phi.isProjection() ? (isHeld(v[at + i], g[i]) ? 0 : 1) : phi.derivative(v[at + i]);
        }
        link.curvatureFactorTimes(s, p, 0, w, m);
        if (n <= q) {
            solveByStates(k);
        } else {
            solveByTargets(k);
        }
        if (phi.isProjection()) {
            for (int i = 0; i < n; i++) {
                delta[i] *= slopes[i];
            }
        }
    }

    /** Whether a component stays at its bound: the gradient pushes it outwards. */
    private boolean isHeld(double value, double gradient) {
        return value <= phi.lowerBound() && gradient > 0 || value >= phi.upperBound() && gradient < 0;
    }

    /** δ = −(g − Mᵀy)/k with (kI + MDMᵀ)y = MDg: a system of the next layer's size. */
    private void solveByTargets(double k) {
        double[] ms = m.values();
        double[] y = system.rightSide();
        Arrays.fill(y, 0);
        system.clear(k);
        for (int j = 0; j < n; j++) {
            double d = slopes[j];
            if (d == 0) {
                continue;
            }
            for (int a = 0; a < q; a++) {
                double scaled = d * ms[a + j * q];
                y[a] += scaled * g[j];
                for (int b = 0; b <= a; b++) {
                    system.add(a, b, scaled * ms[b + j * q]);
                }
            }
        }
        system.solve();
        for (int j = 0; j < n; j++) {
            double back = 0;
            for (int a = 0; a < q; a++) {
                back += ms[a + j * q] * y[a];
            }
            delta[j] = -(g[j] - back) / k;
        }
    }

    /** With E = √D: Eδ = −(kI + EMᵀME)⁻¹Eg, then δ = −(g + MᵀM E(Eδ))/k: a system of this layer's size. */
    private void solveByStates(double k) {
        double[] ms = m.values();
        double[] y = system.rightSide();
        system.clear(k);
        for (int a = 0; a < n; a++) {
            double ea = Math.sqrt(slopes[a]);
            y[a] = -ea * g[a];
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < q; i++) {
                    product += ms[i + a * q] * ms[i + b * q];
                }
                system.add(a, b, ea * product * Math.sqrt(slopes[b]));
            }
        }
        system.solve();
        double[] image = new double[q];
        for (int b = 0; b < n; b++) {
            double e = Math.sqrt(slopes[b]) * y[b];
            for (int i = 0; i < q; i++) {
                image[i] += ms[i + b * q] * e;
            }
        }
        for (int a = 0; a < n; a++) {
            double back = 0;
            for (int i = 0; i < q; i++) {
                back += ms[i + a * q] * image[i];
            }
            delta[a] = -(g[a] + back) / k;
        }
    }
}
