package org.implicitdl.activation;

/**
 * What is left of elementary functions when their tangent at the origin is taken away, without cancellation. Potentials,
 * conjugates and divergences are all made of these: each is convex, nonnegative, and zero at zero.
 */
final class Remainders {
    /** Below this, the power series; above it, the difference loses at most two digits of the last place. */
    private static final double SMALL = 0.1;

    /** ln 2. */
    static final double LOG_2 = 0.6931471805599453;

    private Remainders() {}

    /** t − log(1 + t) for t ≥ −1. */
    static double log(double t) {
        if (Math.abs(t) > SMALL) {
            return t - Math.log1p(t);
        }
        // t²/2 − t³/3 + t⁴/4 − …
        double sum = 0;
        double power = t * t;
        for (int k = 2; k <= 18; k++) {
            sum += power / k;
            power *= -t;
        }
        return sum;
    }

    /** eᵗ − 1 − t. */
    static double exp(double t) {
        if (Math.abs(t) > SMALL) {
            return Math.expm1(t) - t;
        }
        // t²/2 + t³/6 + t⁴/24 + …
        double sum = 0;
        double term = t * t / 2;
        for (int k = 3; k <= 14; k++) {
            sum += term;
            term *= t / k;
        }
        return sum;
    }

    /** (1 + t) log(1 + t) − t for t ≥ −1, continuous at −1. */
    static double entropy(double t) {
        return t <= -1 ? -t : t * Math.log1p(t) - log(t);
    }
}
