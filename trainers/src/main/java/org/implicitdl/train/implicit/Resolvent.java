package org.implicitdl.train.implicit;

import org.implicitdl.activation.FenchelActivation;

/** The scalar equation λv + μφ(v) = r of a proxy's state, which p = φ(v) solves for the pull r = λz + μx + Cᵀw. */
record Resolvent(FenchelActivation phi, Relaxation relaxation) {
    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 4e-16;

    /** The part of the pull of state i that does not depend on w. */
    double base(int i, double z, double x) {
        return relaxation.lambda(i) * z + relaxation.mu() * x;
    }

    /** dp/dr at v. */
    double slope(int i, double v) {
        double derivative = phi.derivative(v);
        return derivative / (relaxation.lambda(i) + relaxation.mu() * derivative);
    }

    /**
     * v, by Newton's method within a bracket that shrinks: the left side grows by at least λ per unit of v, so that the
     * solution lies within |residual|/λ of any v.
     */
    double solve(int i, double pull, double guess) {
        double lambda = relaxation.lambda(i);
        double v = guess;
        double residual = residual(lambda, v, pull);
        double low = Math.min(v, v - residual / lambda);
        double high = Math.max(v, v - residual / lambda);
        for (int iteration = 0; iteration < MAX_ITERATIONS && residual != 0; iteration++) {
            double next = v - residual / (lambda + relaxation.mu() * phi.derivative(v));
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - v) <= TOLERANCE * Math.max(1e-300, Math.abs(v))) {
                return next;
            }
            v = next;
            residual = residual(lambda, v, pull);
            if (residual > 0) {
                high = v;
            } else {
                low = v;
            }
        }
        return v;
    }

    private double residual(double lambda, double v, double pull) {
        return lambda * v + relaxation.mu() * phi.value(v) - pull;
    }
}
