package org.implicitdl.train.descent;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.penalty.Penalty;

/**
 * The conditional gradient method of Frank and Wolfe (§4.2) for f + g: steps γ(V − W) towards the minimizer V of ⟨∇f, V⟩ +
 * g(V), with γ = gap/(L‖V − W‖²), at most 1. It needs no projection, and its iterates are sparse, but it converges like 1/k
 * where the {@link ProximalGradient} converges linearly. Without a bound L is found by backtracking (Pedregosa et al.,
 * Linearly convergent Frank–Wolfe with backtracking line-search, 2020).
 *
 * <p>The residual is the gap ⟨∇f, W − V⟩ + g(W) − g(V), which for a convex f bounds f + g from its minimum.
 *
 * @param iterations at most so many steps
 * @param tolerance the gap at which to stop, relative to |f + g| if that is above 1; 0 for never
 */
public record ConditionalGradient(int iterations, double tolerance) {
    private static final double LARGEST_CURVATURE = 1e30;
    private static final double RELAXATION = 0.9;

    /** @throws IllegalArgumentException if there is no iteration, or the tolerance is negative */
    public ConditionalGradient {
        DescentArguments.check(iterations, tolerance);
    }

    /** 10,000 steps to a gap of 1e-3. */
    public static ConditionalGradient withDefaults() {
        return new ConditionalGradient(10_000, 1e-3);
    }

    /** The same with another limit of steps. */
    public ConditionalGradient withIterations(int iterations) {
        return new ConditionalGradient(iterations, tolerance);
    }

    /**
     * Minimizes f + g.
     *
     * @param start where f must be finite; it is moved into the domain of g first
     * @throws IllegalArgumentException if f is not finite there
     * @throws org.implicitdl.train.penalty.UnboundedPenaltyException if g has no linear minimizer
     */
    public Minimum minimize(SmoothFunction f, Penalty g, Matrix start) {
        SmoothFunction.Point point = DescentArguments.start(f, g, start);
        boolean isBounded = f.curvatureBound().isPresent();
        double curvature = f.curvatureBound().orElse(1);
        double value = point.value() + g.value(point.w());
        double gap = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < iterations; iteration++) {
            Matrix v = g.linearMinimizer(point.gradient());
            gap = Vectors.innerDifference(point.gradient(), point.w(), v) + g.value(point.w()) - g.value(v);
            if (gap <= tolerance * Math.max(1, Math.abs(value))) {
                return new Minimum(point.w(), value, iteration, gap, true);
            }
            double squared = v.squaredDistance(point.w());
            curvature *= isBounded ? 1 : RELAXATION;
            while (true) {
                double step = Math.min(1, gap / (curvature * squared));
                // Between two points of a set lies, by a rounding, one outside.
                Matrix between = DescentArguments.inside(g, Vectors.between(point.w(), v, step));
                SmoothFunction.Point next = point.at(between);
                double nextValue = next.value() + g.value(next.w());
                double parabola = value - step * gap + 0.5 * step * step * curvature * squared;
                if (isBounded || nextValue <= parabola + 1e-14 * Math.abs(value)) {
                    point = next;
                    value = nextValue;
                    break;
                } else if (!(curvature < LARGEST_CURVATURE)) {
                    return new Minimum(point.w(), value, iteration, gap, false);
                }
                curvature *= 2;
            }
        }
        return new Minimum(point.w(), value, iterations, gap, false);
    }
}
