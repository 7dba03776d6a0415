package org.implicitdl.train.penalty;

import org.implicitdl.operator.Matrix;

/**
 * The sum g + h of two penalties, by Dykstra's method for proximal points (Bauschke and Combettes, A Dykstra-like
 * algorithm for two monotone operators, 2008): V = prox_g(X + P), X = prox_h(V + Q), with the corrections P and Q of the
 * last round. W = X + P + Q always, where P is a subgradient of g at V and Q one of h at X; so V = X proves the minimum.
 */
record AlternatingSum(Penalty first, Penalty second) implements Penalty {
    private static final double TOLERANCE = 1e-12;
    private static final int ROUNDS = 20_000;

    @Override
    public double value(Matrix w) {
        return first.value(w) + second.value(w);
    }

    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        double scale = Math.max(w.frobeniusNorm(), Double.MIN_NORMAL);
        Matrix x = w;
        Matrix p = Matrix.zeros(w.rows(), w.cols());
        Matrix q = Matrix.zeros(w.rows(), w.cols());
        double distance = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Matrix v = correctedProx(first, x, p, step);
            x = correctedProx(second, v, q, step);
            distance = Entries.distance(v, x);
            if (distance <= TOLERANCE * scale) {
                return inside(x);
            }
        }
        throw new NoCommonPointException(first, second, ROUNDS, distance);
    }

    /** The proximal point of a corrected point; the correction becomes what the step left over. */
    private static Matrix correctedProx(Penalty penalty, Matrix point, Matrix correction, double step) {
        double[] rest = correction.values();
        for (int i = 0; i < rest.length; i++) {
            rest[i] += point.values()[i];
        }
        Matrix near = penalty.prox(correction, step);
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= near.values()[i];
        }
        return near;
    }

    /** What the tolerance leaves outside the first set comes in by shrinking, as monotone sets hold all smaller points. */
    private Matrix inside(Matrix x) {
        Matrix near = x;
        for (double shrink = TOLERANCE; isMonotone() && Double.isInfinite(value(near)) && shrink < 1e-9; shrink *= 2) {
            near = Entries.scaled(x, 1 - shrink);
        }
        return near;
    }

    /** Refused: the vertices of an intersection are those of neither set. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw new UnboundedPenaltyException(this);
    }

    @Override
    public boolean isMonotone() {
        return first.isMonotone() && second.isMonotone();
    }

    @Override
    public String toString() {
        return first + " and " + second;
    }
}
