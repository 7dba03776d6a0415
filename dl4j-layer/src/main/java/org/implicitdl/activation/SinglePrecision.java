package org.implicitdl.activation;

/**
 * Exponentials in single precision without branches and bit patterns, so that the JVM compiles loops over them to vector
 * instructions: some ten times as fast as {@code Math.exp}.
 */
final class SinglePrecision {
    /** Beyond it, e⁻ᶻ is below the rounding of 1. */
    private static final float RANGE = 18;

    private SinglePrecision() {}

    /**
     * eᶻ − 1 for −18 ≤ z ≤ 18, and its value at the nearer end for other z; to some units in the last place.
     *
     * <p>By the series of y = z/16, and four times e²ʸ − 1 = (eʸ − 1)(2 + (eʸ − 1)).
     */
    static float expMinusOne(float z) {
        float y = Math.min(RANGE, Math.max(-RANGE, z)) * 0.0625f;
        float series = 1f / 362880 + y * (1f / 3628800);
        series = 1f / 40320 + y * series;
        series = 1f / 5040 + y * series;
        series = 1f / 720 + y * series;
        series = 1f / 120 + y * series;
        series = 1f / 24 + y * series;
        series = 1f / 6 + y * series;
        series = 0.5f + y * series;
        float e = y + y * y * series;
        e *= 2 + e;
        e *= 2 + e;
        e *= 2 + e;
        return e * (2 + e);
    }

    /** log(1 + t) for 0 ≤ t ≤ 1: 2 artanh w = 2(w + w³/3 + …) with w = t/(2 + t) ≤ 1/3, to the term w¹³. */
    static float logOnePlus(float t) {
        float w = t / (2 + t);
        float s = w * w;
        float series = 1f / 11 + s * (1f / 13);
        series = 1f / 9 + s * series;
        series = 1f / 7 + s * series;
        series = 1f / 5 + s * series;
        series = 1f / 3 + s * series;
        return 2 * (w + w * s * series);
    }
}
