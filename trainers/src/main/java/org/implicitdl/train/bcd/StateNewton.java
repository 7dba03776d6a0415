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
    /** No slope of the Fenchel table but leaky ReLU's doubles over this distance. */
    private static final double SHORT = 0.25;
    /** A full step that lowers the residual by this factor is taken as it is. */
    private static final double CONTRACTION = 0.5;

    private final FenchelActivation phi;
    private final Link link;
    private final double tolerance;
    private final Matrix w;
    private final double[] bias;
    private final int n;
    private final int q;

    private final double[] x;
    private final double[] slopes;
    /** For each state a bound on the curvature that the next layer's potential has along it. */
    private final double[] curvatures;

    private final double[] s;
    private final double[] p;
    private final double[] g;
    private final double[] delta;
    private final double[] trial;
    private final double[] point;
    private final double[] before;
    private final double[] inputs;
    private final double[] targets;
    private final Matrix m;
    private final SmallCholesky system;
    private SmallCholesky careful;
    private double k;

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
        this.curvatures = new double[n];
        for (int i = 0; i < w.values().length; i++) {
            curvatures[i / q] += link.curvatureBound() * w.values()[i] * w.values()[i];
        }
        this.s = new double[q];
        this.p = new double[q];
        this.g = new double[n];
        this.delta = new double[n];
        this.trial = new double[n];
        this.point = new double[n];
        this.before = new double[n];
        this.inputs = new double[n];
        this.targets = new double[q];
        this.m = Matrix.zeros(q, n);
        this.system = new SmallCholesky(Math.min(n, q));
    }

    /** From now on takes the system of this layer's size also if the other is smaller: it cancels less for small k. */
    void beCareful() {
        careful = new SmallCholesky(n);
    }

    /** Solves for one column of v, from what it holds; false if the tolerance was not met. */
    boolean run(Matrix z, Matrix target, Matrix v, int sample, double k) {
        this.k = k;
        System.arraycopy(z.values(), sample * n, inputs, 0, n);
        System.arraycopy(target.values(), sample * q, targets, 0, q);
        System.arraycopy(v.values(), sample * n, point, 0, n);
        move(0);
        boolean solved = iterate(tolerance * Math.max(1, termScale()));
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
            System.arraycopy(x, 0, before, 0, n);
            double step = 1;
            move(step);
            residual = evaluate();
            // Against the least residual so far, so that steps of the two kinds cannot undo each other for ever.
            for (int halving = 0; !(residual <= CONTRACTION * least || isDescent()); halving++) {
                if (halving == MAX_HALVINGS) {
                    return false;
                }
                step /= 2;
                move(step);
                residual = evaluate();
            }
            least = Math.min(least, residual);
        }
        return residual <= bound;
    }

    /**
     * Whether the objective is lower at {@code trial} than at {@code point}, by convexity: its gradient there points
     * onwards. Unlike the objective's own values this is not drowned in rounding for small k, and costs no logarithm.
     */
    private boolean isDescent() {
        double onwards = 0;
        for (int i = 0; i < n; i++) {
            onwards += g[i] * (x[i] - before[i]);
        }
        return onwards <= 0;
    }

    /** trial = point + step · δ, within the range where x is bounded. */
    private void move(double step) {
        for (int i = 0; i < n; i++) {
            double change = step == 0 ? 0 : step * delta[i];
            trial[i] = phi.isProjection()
                    ? phi.projectToRange(point[i] + change)
                    : point[i] + (Math.abs(change) <= SHORT ? change : shortened(i, point[i], change));
        }
    }

    /**
     * A change of v, halved until the equation of its component moves at most twice as far as the slope at v says: a state
     * that comes back from where φ is flat would else cross its whole range. Slopes of the Fenchel table peak at 0 or at
     * an end.
     */
    private double shortened(int i, double v, double change) {
        double shorter = change;
        double expected = 2 * (k + curvatures[i] * slopes[i]);
        for (int halving = 0; halving < MAX_HALVINGS; halving++, shorter /= 2) {
            double moved = v + shorter;
            double steepest = phi.derivative(moved);
            if (v < 0 != moved < 0) {
                steepest = Math.max(steepest, phi.derivative(0));
            }
            if ((k + curvatures[i] * steepest) * (shorter / change) <= expected) {
                break;
            }
        }
        return shorter;
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

    /** The largest component of kz and of Wᵀx₊. */
    private double termScale() {
        double max = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < q; i++) {
                sum += Math.abs(w.values()[i + j * q] * targets[i]);
            }
            max = Math.max(max, Math.max(sum, k * Math.abs(inputs[j])));
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
            solveByStates(system);
        } else if (careful != null) {
            solveByStates(careful);
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

    /**
     * With E = √D: u = Eδ = −(kI + EMᵀME)⁻¹Eg, a system of this layer's size. Then δ = u/E where the next layer holds a
     * component, and δ = −(g + MᵀMEu)/k, which would cancel there, where k does.
     */
    private void solveByStates(SmallCholesky system) {
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
            double square = 0;
            for (int i = 0; i < q; i++) {
                back += ms[i + a * q] * image[i];
                square += ms[i + a * q] * ms[i + a * q];
            }
            delta[a] = slopes[a] * square > k ? y[a] / Math.sqrt(slopes[a]) : -(g[a] + back) / k;
        }
    }
}
