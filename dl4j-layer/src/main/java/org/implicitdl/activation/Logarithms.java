package org.implicitdl.activation;

/** Logarithms near 1 by {@code Math.log}, which the JVM compiles to its own fast code, as it does not {@code log1p}. */
final class Logarithms {
    /** Above this, 1 + t rounds no more than t itself does. */
    private static final double LARGE = 1e3;

    private Logarithms() {}

    /**
     * log(1 + t) for t ≥ −1, to a few units of the last place also for tiny t: the rounding of u = 1 + t cancels in
     * log(u)/(u − 1) (Goldberg, What every computer scientist should know about floating-point arithmetic, 1991,
     * theorem 4).
     */
    static double onePlus(double t) {
        double u = 1 + t;
        if (t > LARGE) {
            return Math.log(u);
        }
        double excess = u - 1;
        return excess == 0 ? t : t * Math.log(u) / excess;
    }
}
