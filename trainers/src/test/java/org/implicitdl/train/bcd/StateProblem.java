package org.implicitdl.train.bcd;

import java.util.Random;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;

/** A problem of the state step, with its objective and its optimality conditions written out naively. */
record StateProblem(FeedforwardLayer layer, FeedforwardLayer next, double ratio, Matrix z, Matrix target) {

    static StateProblem random(
            FenchelActivation hidden,
            Link nextLink,
            int n,
            int q,
            double gain,
            double ratio,
            int samples,
            Random random) {
        return new StateProblem(
                Randoms.layer(2, n, true, new ComponentwiseLink(hidden), 1, random),
                Randoms.layer(n, q, true, nextLink, gain, random),
                ratio,
                Randoms.gaussian(n, samples, 2, random),
                Randoms.targets(nextLink, q, samples, random));
    }

    Matrix solve() {
        return step(1e-10).solve(z, target);
    }

    StateStep step(double tolerance) {
        return new StateStep(layer, next, ratio, tolerance);
    }

    FenchelActivation phi() {
        return ((ComponentwiseLink) layer.link()).activation();
    }

    int states() {
        return z.rows();
    }

    /** φ of a column of V. */
    double[] x(Matrix v, int sample) {
        double[] x = new double[states()];
        for (int i = 0; i < x.length; i++) {
            x[i] = phi().value(v.get(i, sample));
        }
        return x;
    }

    /** Wx + b. */
    private double[] weightedInput(double[] x) {
        double[] s = next.bias();
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < x.length; j++) {
                s[i] += next.weights().get(i, j) * x[j];
            }
        }
        return s;
    }

    /** The part Wᵀ(φ₊(Wx + b) − x₊) of the gradient in x. */
    double[] pull(double[] x, int sample) {
        double[] s = weightedInput(x);
        double[] p = new double[s.length];
        next.link().values(s, p, 0, s.length);
        double[] pull = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            for (int i = 0; i < s.length; i++) {
                pull[j] += next.weights().get(i, j) * (p[i] - target.get(i, sample));
            }
        }
        return pull;
    }

    /** The largest component of k(v − z) + Wᵀ(φ₊ − x₊), or of its projected form where φ is a projection. */
    double violation(Matrix v, int sample) {
        double[] x = x(v, sample);
        double[] pull = pull(x, sample);
        double max = 0;
        for (int j = 0; j < x.length; j++) {
            double vj = v.get(j, sample);
            double g = ratio * (vj - z.get(j, sample)) + pull[j];
            max = Math.max(max, Math.abs(phi().isProjection() ? vj - phi().projectToRange(vj - g) : g));
        }
        return max;
    }

    /** What the tolerance is relative to. */
    double scale(int sample) {
        double max = 1;
        for (int j = 0; j < states(); j++) {
            double sum = 0;
            for (int i = 0; i < target.rows(); i++) {
                sum += Math.abs(next.weights().get(i, j) * target.get(i, sample));
            }
            max = Math.max(max, Math.max(sum, ratio * Math.abs(z.get(j, sample))));
        }
        return max;
    }

    /** The objective k(φ*(x) − xᵀz) + Φ₊(Wx + b) − x₊ᵀ(Wx + b) at x = φ(v). */
    double objective(Matrix v, int sample) {
        double[] x = x(v, sample);
        double[] s = weightedInput(x);
        double sum = next.link().potential(s, 0, s.length);
        for (int j = 0; j < x.length; j++) {
            sum += ratio * (phi().conjugateAt(v.get(j, sample)) - x[j] * z.get(j, sample));
        }
        for (int i = 0; i < s.length; i++) {
            sum -= target.get(i, sample) * s[i];
        }
        return sum;
    }

    /** The size of the terms that the objective is the sum of. */
    double objectiveScale(Matrix v, int sample) {
        double[] x = x(v, sample);
        double[] s = weightedInput(x);
        double sum = 1 + Math.abs(next.link().potential(s, 0, s.length));
        for (int j = 0; j < x.length; j++) {
            sum += ratio * (Math.abs(phi().conjugateAt(v.get(j, sample))) + Math.abs(x[j] * z.get(j, sample)));
        }
        for (int i = 0; i < s.length; i++) {
            sum += Math.abs(target.get(i, sample) * s[i]);
        }
        return sum;
    }

    /** Where the step starts: z, in the range of a projection. */
    Matrix start() {
        return inRange(z);
    }

    /** The points v that stand for states: all, but for projections those of the range, which are their own v. */
    Matrix inRange(Matrix v) {
        Matrix result = v.copy();
        for (int i = 0; phi().isProjection() && i < result.values().length; i++) {
            result.values()[i] = phi().projectToRange(result.values()[i]);
        }
        return result;
    }

    /**
     * v ← v − g/(k + L‖W‖²) with the gradient g in x, many times (Bauschke, Bolte and Teboulle, A descent lemma beyond
     * Lipschitz gradient continuity, 2017).
     */
    Matrix mirrorDescent(int steps) {
        double norm = next.weightsWithoutBias().frobeniusNorm();
        double curvature = ratio + next.link().curvatureBound() * norm * norm * phi().lipschitz();
        Matrix v = start();
        for (int step = 0; step < steps; step++) {
            for (int j = 0; j < v.cols(); j++) {
                double[] pull = pull(x(v, j), j);
                for (int i = 0; i < v.rows(); i++) {
                    double g = ratio * (v.get(i, j) - z.get(i, j)) + pull[i];
                    v.set(i, j, v.get(i, j) - g / curvature);
                }
            }
            v = inRange(v);
        }
        return v;
    }
}
