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
    private static final int MAX_ITERATIONS = 100;
    private static final int MAX_HALVINGS = 50;
    private static final double ARMIJO = 1e-4;
    /** No slope of the Fenchel table but leaky ReLU's doubles over this distance. */
    private static final double SHORT = 0.25;
    /** A full step that lowers the residual by this factor is taken as it is. */
    private static final double CONTRACTION = 0.5;
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
    private final double[] point;
    private final double[] gradient;
    private final double[] inputs;
    private final double[] targets;
    private final Matrix m;
    private final SmallCholesky system;
    private double k;
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
        this.point = new double[n];
        this.gradient = new double[n];
        this.inputs = new double[n];
        this.targets = new double[q];
        this.m = Matrix.zeros(q, n);
        this.system = new SmallCholesky(Math.min(n, q));
    }

    /** Solves for one column of v, from what it holds; false if the tolerance was not met. */
    boolean run(Matrix z, Matrix target, Matrix v, int sample, double k) {
        this.k = k;
        System.arraycopy(z.values(), sample * n, inputs, 0, n);
        System.arraycopy(target.values(), sample * q, targets, 0, q);
        System.arraycopy(v.values(), sample * n, point, 0, n);
        move(point, 0);
        boolean solved = iterate(tolerance * Math.max(1, targetScale()));
        System.arraycopy(trial, 0, v.values(), sample * n, n);
        return solved;
    }

    /** Leaves the last iterate in {@code trial}. */
    private boolean iterate(double bound) {
        double residual = evaluate();
        double least = residual;
        for (int iteration = 0; iteration < MAX_ITERATIONS && !(residual <= bound); iteration++) {
            direction();
            System.arraycopy(trial, 0, point, 0, n);
            System.arraycopy(g, 0, gradient, 0, n);
            move(point, 1);
            double next = evaluate();
            // Far from the solution the objective decides; near to it, where Newton's steps are good, the residual
            // tells more, and costs no logarithm. Against the least residual so far, so that steps of the two kinds
            // cannot
            // undo each other for ever.
            if (!(next <= CONTRACTION * least)) {
                next = backtrack();
                if (Double.isNaN(next)) {
                    return false;
                }
            }
            least = Math.min(least, next);
            residual = next;
        }
        return residual <= bound;
    }

    /** The first of the steps 1, ½, ¼ … that lowers the objective enough; NaN if there is none. */
    private double backtrack() {
        System.arraycopy(point, 0, trial, 0, n);
        evaluate();
        double h = objective();
        double rounding = ROUNDING * scale;
        double step = 1;
        for (int halving = 0; halving < MAX_HALVINGS; halving++, step /= 2) {
            move(point, step);
            double residual = evaluate();
            if (objective() <= h + ARMIJO * expectedChange(step) + rounding) {
                return residual;
            }
        }
        return Double.NaN;
    }

    /** trial = point + step · δ, within the range where x is bounded. */
    private void move(double[] point, double step) {
        for (int i = 0; i < n; i++) {
            double change = step == 0 ? 0 : step * delta[i];
            trial[i] = phi.isProjection()
                    ? phi.projectToRange(point[i] + change)
                    : point[i] + (Math.abs(change) <= SHORT ? change : shortened(point[i], slopes[i], change));
        }
    }

    /**
     * A change of v, halved until x = φ(v) moves at most twice as far as the slope at v says: a state that comes back
     * from where φ is flat would else cross its whole range. Slopes of the Fenchel table peak at 0 or at an end.
     */
    private double shortened(double v, double slope, double change) {
        double shorter = change;
        for (int halving = 0; halving < MAX_HALVINGS; halving++, shorter /= 2) {
            double moved = v + shorter;
            double steepest = phi.derivative(moved);
            if (v < 0 != moved < 0) {
                steepest = Math.max(steepest, phi.derivative(0));
            }
            if (steepest * shorter / change <= 2 * slope) {
                break;
            }
        }
        return shorter;
    }

    /** The first-order change of the objective between {@code point} and {@code trial}. */
    private double expectedChange(double step) {
        double change = 0;
        for (int i = 0; i < n; i++) {
            change += gradient[i] * (phi.isProjection() ? trial[i] - point[i] : step * slopes[i] * delta[i]);
        }
        return change;
    }

    /** x, s, φ₊(s) and g at {@code trial}; returns how far the optimality conditions are violated there. */
    private double evaluate() {
        phi.values(trial, x, 0, n);
        System.arraycopy(bias, 0, s, 0, q);
        double[] ws = w.values();
        for (int j = 0; j < n; j++) {
            double xj = x[j];
            for (int i = 0; i < q; i++) {
                s[i] += ws[i + j * q] * xj;
            }
        }
        link.values(s, p, 0, q);
        double max = 0;
        for (int j = 0; j < n; j++) {
            double pull = 0;
            for (int i = 0; i < q; i++) {
                pull += ws[i + j * q] * (targets[i] - p[i]);
            }
            g[j] = k * (trial[j] - inputs[j]) - pull;
            double violation = phi.isProjection() ? trial[j] - phi.projectToRange(trial[j] - g[j]) : g[j];
            max = Math.max(max, Math.abs(violation));
        }
        return max;
    }

    /** The objective at {@code trial}, after {@link #evaluate}; leaves in {@code scale} the size of its terms. */
    private double objective() {
        double own = 0;
        double linear = 0;
        for (int i = 0; i < n; i++) {
            own += phi.conjugateAt(trial[i]);
            linear += x[i] * inputs[i];
        }
        double potential = link.potential(s, 0, q);
        double match = 0;
        for (int i = 0; i < q; i++) {
            match += targets[i] * s[i];
        }
        scale = k * (Math.abs(own) + Math.abs(linear)) + Math.abs(potential) + Math.abs(match);
        return k * (own - linear) + potential - match;
    }

    private double targetScale() {
        double max = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < q; i++) {
                sum += Math.abs(w.values()[i + j * q] * targets[i]);
            }
            max = Math.max(max, sum);
        }
        return max;
    }

    /** δ at {@code trial}, after {@link #evaluate}. */
    private void direction() {
        for (int i = 0; i < n; i++) {
            slopes[i] = phi.isProjection() ? (isHeld(trial[i], g[i]) ? 0 : 1) : phi.derivative(trial[i]);
        }
        link.curvatureFactorTimes(s, p, 0, w, m);
        if (n <= q) {
            solveByStates();
        } else {
            solveByTargets();
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
    private void solveByTargets() {
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
    private void solveByStates() {
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
