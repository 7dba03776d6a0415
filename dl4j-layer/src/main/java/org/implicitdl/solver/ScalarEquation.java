package org.implicitdl.solver;

import org.implicitdl.activation.FenchelActivation;

/**
 * The equation z = aφ(z) + c in one unknown, whose solution gives the state x = φ(z) of x = φ(ax + c), for a nondecreasing
 * L-Lipschitz φ with La < 1. Then g(z) = z − aφ(z) − c increases with a slope of at least min(1, 1 − La), so that there is
 * exactly one root, and g at any point bounds the distance to it.
 */
final class ScalarEquation {
    private static final int LIMIT = 200;

    private final FenchelActivation phi;
    private final double a;

    ScalarEquation(FenchelActivation phi, double a) {
        this.phi = phi;
        this.a = a;
    }

    /** The root z, to rounding. */
    double solve(double c) {
        if (a == 0 || c == Double.POSITIVE_INFINITY || c == Double.NEGATIVE_INFINITY || Double.isNaN(c)) {
            return c;
        }
        return phi.isPositivelyHomogeneous() ? closedForm(c) : newton(c);
    }

    /** φ(z) = kz on the side of zero where z is, which is that of c: z = c/(1 − ak), as in the recursion of §3.1. */
    private double closedForm(double c) {
        double slope = c >= 0 ? phi.value(1) : -phi.value(-1);
        return c / (1 - a * slope);
    }

    /** Newton's method inside a bracket that shrinks, with bisection where it leaves the bracket or is slow. */
    private double newton(double c) {
        double slope = Math.min(1, 1 - phi.lipschitz() * a);
        double z = c;
        double g = -a * phi.value(z);
        // A little more than the bound, so that the root lies inside the bracket and not at its end.
        double reach = 1.0625 * Math.abs(g) / slope;
        double low = g > 0 ? z - reach : z;
        double high = g > 0 ? z : z + reach;
        double previous = Double.POSITIVE_INFINITY;
        for (int k = 0; k < LIMIT && g != 0; k++) {
            double derivative = Math.max(slope, 1 - a * phi.derivative(z));
            double next = z - g / derivative;
            boolean slow = Math.abs(g) > 0.5 * previous;
            if (!(next > low && next < high) || slow) {
                next = 0.5 * (low + high);
            }
            if (next == z || next <= low || next >= high) {
                break;
            }
            previous = Math.abs(g);
            z = next;
            g = z - a * phi.value(z) - c;
            if (g > 0) {
                high = z;
            } else {
                low = z;
            }
        }
        return z;
    }
}
