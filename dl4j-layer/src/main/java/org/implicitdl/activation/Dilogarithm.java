package org.implicitdl.activation;

/** The dilogarithm Li₂(y) = ∑ yᵏ/k² = −∫₀ʸ log(1−t)/t dt, which the potential of softplus is made of. */
final class Dilogarithm {
    /** Li₂(1) = π²/6. */
    static final double AT_ONE = 1.6449340668482264;

    /** The Bernoulli numbers B₂ₖ divided by (2k+1)!, k = 1, 2, … */
    private static final double[] COEFFICIENTS = {
        1.0 / 36,
        -1.0 / 3600,
        1.0 / 211680,
        -1.0 / 10886400,
        1.0 / 526901760,
        -691.0 / 16999766784000.0,
        1.0 / 1120863744000.0,
        -3617.0 / 181400588328960000.0,
        43867.0 / 97072790126247936000.0
    };

    private Dilogarithm() {}

    /**
     * Li₂(y).
     *
     * @param y at most 1, beyond which the function is not real
     * @return the value to a few units in the last place; NaN for y > 1
     */
    static double of(double y) {
        if (y > 1) {
            return Double.NaN;
        }
        if (y == 1) {
            return AT_ONE;
        }
        if (y < -1) {
            double log = Math.log(-y);
            return -AT_ONE - log * log / 2 - of(1 / y);
        }
        if (y > 0.5) {
            return AT_ONE - Math.log(y) * Math.log1p(-y) - ofLog(-Math.log(y));
        }
        return ofLog(-Math.log1p(-y));
    }

    /**
     * Li₂(1 − e⁻ᵘ) = u − u²/4 + ∑ B₂ₖ u²ᵏ⁺¹/(2k+1)! for |u| ≤ log 2; the series converges like (u/2π)²ᵏ.
     */
    static double ofLog(double u) {
        double square = u * u;
        double sum = 0;
        for (int k = COEFFICIENTS.length - 1; k >= 0; k--) {
            sum = square * (COEFFICIENTS[k] + sum);
        }
        return u * (1 - u / 4 + sum);
    }
}
