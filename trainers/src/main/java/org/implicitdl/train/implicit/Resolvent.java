package org.implicitdl.train.implicit;

import org.implicitdl.activation.FenchelActivation;

/** The scalar equation λv + μφ(v) = r of a proxy's state, which p = φ(v) solves for the pull r = λz + μx + Cᵀw. */
record Resolvent(FenchelActivation phi, Relaxation relaxation) {
    private static final double TOLERANCE = 4e-16;
    /** Half the distance from 1 to the next number. */
    private static final double ROUNDING = 0x1p-53;

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
     * v, by Newton's method within a bracket: the left side grows by at least λ per unit of v, so that the solution lies
     * within |residual|/λ of any v. Where the derivative misleads, at saturated states, a step may leave the bracket or not
     * halve the one before the last; it bisects instead, so that no pull makes the method cycle (Press et al., Numerical
     * Recipes, 9.4).
     *
     * @return NaN if the pull is no finite number
     */
    double solve(int i, double pull, double guess) {
        double lambda = relaxation.lambda(i);
        double v = guess;
        double residual = residual(lambda, v, pull);
        double slack = 8 * ROUNDING * (Math.abs(v) + Math.abs(pull) / lambda);
        double low = Math.min(v, v - residual / lambda) - slack;
        double high = Math.max(v, v - residual / lambda) + slack;
        double step = high - low;
        double stepBefore = step;
        while (!isRounding(residual, lambda, v, pull)) {
            double newton = residual / (lambda + relaxation.mu() * phi.derivative(v));
            double next = v - newton;
            if (!(next >= low && next <= high && 2 * Math.abs(newton) <= stepBefore)) {
                next = low + 0.5 * (high - low);
            }
            stepBefore = step;
            step = Math.abs(next - v);
            if (step <= TOLERANCE * Math.abs(v)) {
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
        return Double.isFinite(residual) ? v : Double.NaN;
    }

    private double residual(double lambda, double v, double pull) {
        return lambda * v + relaxation.mu() * phi.value(v) - pull;
    }

    /** Whether the residual is no more than its own rounding, or not finite. */
    private static boolean isRounding(double residual, double lambda, double v, double pull) {
        return !(Math.abs(residual) > ROUNDING * Math.max(lambda * Math.abs(v), Math.abs(pull)))
                || Double.isInfinite(residual);
    }
}
