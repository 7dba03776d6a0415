package org.implicitdl.train.descent;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.penalty.Penalty;

/**
 * The accelerated proximal gradient method for f + g (FISTA: Beck and Teboulle, 2009) that forgets its momentum when it
 * points uphill (O'Donoghue and Candès, Adaptive restart for accelerated gradient schemes, 2015): linear convergence
 * without a known modulus of convexity. A step that raises f + g is taken back, so that the method descends for functions
 * that are not convex as well. Without a {@link SmoothFunction#curvatureBound} steps are found by backtracking.
 *
 * <p>The residual is L‖Z − W‖ for a step from W to Z = prox(W − ∇f/L), relative to the largest ‖∇f‖ of the run; it
 * vanishes at stationary points only.
 *
 * @param iterations at most so many steps
 * @param tolerance the residual at which to stop; 0 for never
 */
public record ProximalGradient(int iterations, double tolerance) {
    private static final double LARGEST_CURVATURE = 1e30;
    /** Backtracking forgets old curvature at this rate. */
    private static final double RELAXATION = 0.95;

    /** @throws IllegalArgumentException if there is no iteration, or the tolerance is negative */
    public ProximalGradient {
        DescentArguments.check(iterations, tolerance);
    }

    /** 10,000 steps to a residual of 1e-9. */
    public static ProximalGradient withDefaults() {
        return new ProximalGradient(10_000, 1e-9);
    }

    /** The same with another limit of steps. */
    public ProximalGradient withIterations(int iterations) {
        return new ProximalGradient(iterations, tolerance);
    }

    /** The same with another tolerance. */
    public ProximalGradient withTolerance(double tolerance) {
        return new ProximalGradient(iterations, tolerance);
    }

    /**
     * Minimizes f + g.
     *
     * @param start where f must be finite; it is moved into the domain of g first
     * @throws IllegalArgumentException if f is not finite there
     */
    public Minimum minimize(SmoothFunction f, Penalty g, Matrix start) {
        return new Descent(this, f, g, start).run();
    }

    private static final class Descent {
        private final ProximalGradient method;
        private final Penalty g;
        private final boolean isBounded;
        private double curvature;
        private SmoothFunction.Point best;
        private double bestValue;
        private SmoothFunction.Point ahead;
        private double momentum = 1;
        private double steepest;
        private double residual = Double.POSITIVE_INFINITY;

        Descent(ProximalGradient method, SmoothFunction f, Penalty g, Matrix start) {
            this.method = method;
            this.g = g;
            this.isBounded = f.curvatureBound().isPresent();
            this.best = DescentArguments.start(f, g, start);
            this.bestValue = best.value() + g.value(best.w());
            this.curvature = f.curvatureBound().orElseGet(() -> firstCurvature(best));
            this.ahead = best;
        }

        /** The curvature between the start and a point a little down the gradient. */
        private static double firstCurvature(SmoothFunction.Point start) {
            double slope = start.gradient().frobeniusNorm();
            double length = 1e-3 * Math.max(1, start.w().frobeniusNorm());
            if (!(slope > 0)) {
                return 1;
            }
            SmoothFunction.Point near = start.at(start.w().plus(-length / slope, start.gradient()));
            double change = Math.sqrt(near.gradient().squaredDistance(start.gradient()));
            return change > 0 && Double.isFinite(change) ? change / length : 1;
        }

        Minimum run() {
            int iteration = 0;
            while (iteration < method.iterations && !(residual <= method.tolerance)) {
                iteration++;
                SmoothFunction.Point next = step();
                double value = next.value() + g.value(next.w());
                if (ahead == best || value <= bestValue) {
                    if (!(curvature < LARGEST_CURVATURE)) {
                        break;
                    }
                    moveTo(next, value);
                } else {
                    restart();
                    residual = Double.POSITIVE_INFINITY;
                }
            }
            return new Minimum(best.w(), bestValue, iteration, residual, residual <= method.tolerance);
        }

        /** The proximal step from the point ahead, no longer than the parabola of its curvature lies above f. */
        private SmoothFunction.Point step() {
            Matrix w = ahead.w();
            Matrix gradient = ahead.gradient();
            curvature *= isBounded ? 1 : RELAXATION;
            while (true) {
                Matrix z = g.prox(w.plus(-1 / curvature, gradient), 1 / curvature);
                SmoothFunction.Point next = ahead.at(z);
                double squared = z.squaredDistance(w);
                double parabola = ahead.value() + Vectors.innerDifference(gradient, z, w) + 0.5 * curvature * squared;
                boolean isBelow = next.value() <= parabola + 1e-14 * Math.abs(ahead.value());
                if (isBounded || isBelow || !(curvature < LARGEST_CURVATURE)) {
                    steepest = Math.max(steepest, gradient.frobeniusNorm());
                    residual = steepest > 0 ? curvature * Math.sqrt(squared) / steepest : 0;
                    return next;
                }
                curvature *= 2;
            }
        }

        private void moveTo(SmoothFunction.Point next, double value) {
            boolean isUphill = Vectors.innerDifferences(ahead.w(), next.w(), next.w(), best.w()) > 0;
            double grown = isUphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double factor = isUphill ? 0 : (momentum - 1) / grown;
            Matrix previous = best.w();
            best = next;
            bestValue = value;
            momentum = grown;
            ahead = factor == 0 ? best : best.at(Vectors.between(previous, best.w(), 1 + factor));
            if (!Double.isFinite(ahead.value())) {
                restart();
            }
        }

        private void restart() {
            ahead = best;
            momentum = 1;
        }
    }
}
