package org.implicitdl.wellposed;

import java.util.Arrays;

/**
 * The projection of a vector onto the ℓ₁ ball, by sorting: soft thresholding with the θ for which the result has norm κ
 * (Held, Wolfe and Crowder, Validation of subgradient optimization, 1974). O(n log n).
 */
final class L1Projection {
    private L1Projection() {}

    static double norm(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** The projection of a vector that lies outside the ball of the given radius. */
    static double[] project(double[] row, double radius) {
        double theta = threshold(row, radius);
        double[] projected = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            projected[i] = Math.copySign(Math.max(0, Math.abs(row[i]) - theta), row[i]);
        }
        // The rounding of θ is relative to the largest entry, which may be far larger than the radius.
        double norm = norm(projected);
        if (norm > radius) {
            for (int i = 0; i < row.length; i++) {
                projected[i] *= radius / norm;
            }
        }
        return projected;
    }

    private static double threshold(double[] row, double radius) {
        double[] sorted = new double[row.length];
        Arrays.setAll(sorted, i -> Math.abs(row[i]));
        Arrays.sort(sorted);
        double largest = sorted[sorted.length - 1];
        // θ = (∑ of the k largest − κ)/k for the last k whose smallest member exceeds it. Sums of differences to the
        // largest entry do not lose κ to rounding when the entries are huge.
        double below = 0;
        double theta = largest - radius;
        for (int k = 1; k <= sorted.length; k++) {
            double entry = sorted[sorted.length - k];
            below += largest - entry;
            double candidate = largest - (radius + below) / k;
            if (entry <= candidate) {
                break;
            }
            theta = candidate;
        }
        return Math.max(0, theta);
    }
}
