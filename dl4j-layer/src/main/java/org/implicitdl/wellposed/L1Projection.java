package org.implicitdl.wellposed;

/**
 * The projection of a vector onto the ℓ₁ ball: soft thresholding with the θ for which the result has norm κ, found by
 * leaving out entries below the threshold of those that remain until none is (Michelot, A finite algorithm for finding
 * the projection of a point onto the canonical simplex, 1986). O(n) in practice.
 *
 * <p>An instance has a buffer of its own, and belongs to one thread.
 */
final class L1Projection {
    private final double radius;
    private final double[] below;

    /**
     * @param radius κ
     * @param length the largest length of a vector
     */
    L1Projection(double radius, int length) {
        this.radius = radius;
        this.below = new double[length];
    }

    /**
     * The projection to the radius so far below κ that the result has a norm of at most κ however it is summed.
     *
     * @param unit the largest relative error of storing an entry
     */
    static L1Projection into(double kappa, double unit, int length) {
        return new L1Projection(kappa * (1 - 2 * unit - Rounding.slack(length)), length);
    }

    /**
     * Replaces a vector outside the ball by its projection.
     *
     * @param v holds the vector at v[from] … v[to−1]
     * @param norm its norm, correct up to the rounding of a sum
     */
    void project(double[] v, int from, int to, double norm) {
        int length = to - from;
        for (int i = 0; i < length; i++) {
            below[i] = Math.abs(v[from + i]);
        }
        double largest = largest(below, length);
        for (int i = 0; i < length; i++) {
            below[i] = largest - below[i];
        }
        double peak = peak(length, bound(length, largest, norm));
        for (int i = from; i < to; i++) {
            double left = Math.max(0, peak - (largest - Math.abs(v[i])));
            v[i] = Math.copySign(left, v[i]);
        }
        for (int i = 0; i < length; i++) {
            below[i] = Math.abs(v[from + i]);
        }
        double left = sum(below, length);
        // What is left of rounding.
        if (left > radius) {
            for (int i = from; i < to; i++) {
                v[i] *= radius / left;
            }
        }
    }

    /** An upper bound of the peak: of no entry more than κ is left, and θ is at least (‖v‖₁ − κ)/n. */
    private double bound(int length, double largest, double norm) {
        double rounding = Rounding.slack(length) * largest;
        double first = largest - norm / length + radius / length + rounding;
        return norm < Double.MAX_VALUE ? Math.min(radius, first) : radius;
    }

    /**
     * What the threshold leaves of the largest entry: max|v| − θ = (κ + ∑(max|v| − |vᵢ|))/k over the k entries that exceed
     * θ. Since only differences to the largest entry occur, κ is not lost to rounding where the entries are huge.
     */
    private double peak(int length, double bound) {
        int remaining = keepBelow(bound, length);
        while (true) {
            double peak = (radius + sum(below, remaining)) / remaining;
            int kept = keepBelow(peak, remaining);
            if (kept == remaining) {
                return peak;
            }
            remaining = kept;
        }
    }

    /** Moves the differences below a bound to the front. By arithmetic: a branch would be mispredicted half the time. */
    private int keepBelow(double bound, int length) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            double difference = below[i];
            below[kept] = difference;
            kept += (int) (Double.doubleToRawLongBits(difference - bound) >>> 63);
        }
        return kept;
    }

    private static double largest(double[] values, int length) {
        double max0 = 0;
        double max1 = 0;
        double max2 = 0;
        double max3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            max0 = Math.max(max0, values[i]);
            max1 = Math.max(max1, values[i + 1]);
            max2 = Math.max(max2, values[i + 2]);
            max3 = Math.max(max3, values[i + 3]);
        }
        for (; i < length; i++) {
            max0 = Math.max(max0, values[i]);
        }
        return Math.max(Math.max(max0, max1), Math.max(max2, max3));
    }

    /** In four partial sums, which do not wait for each other. */
    private static double sum(double[] values, int length) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            sum0 += values[i];
            sum1 += values[i + 1];
            sum2 += values[i + 2];
            sum3 += values[i + 3];
        }
        for (; i < length; i++) {
            sum0 += values[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
