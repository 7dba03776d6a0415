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
        double largest = Arrays.stream(row).map(Math::abs).max().orElse(0);
        double peak = peak(row, largest, radius);
        double[] projected = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            double below = largest - Math.abs(row[i]);
            projected[i] = Math.copySign(Math.max(0, peak - below), row[i]);
        }
        // What is left of rounding.
        double norm = norm(projected);
        if (norm > radius) {
            for (int i = 0; i < row.length; i++) {
                projected[i] *= radius / norm;
            }
        }
        return projected;
    }

    /**
     * What the threshold leaves of the largest entry: max|a| − θ, where θ = (∑ of the k largest − κ)/k for the last k
     * whose smallest member exceeds it. Since only differences to the largest entry occur, κ is not lost to rounding
     * where the entries are huge.
     */
    private static double peak(double[] row, double largest, double radius) {
        double[] below = new double[row.length];
        Arrays.setAll(below, i -> largest - Math.abs(row[i]));
        Arrays.sort(below);
        double sum = 0;
        double peak = radius;
        for (int k = 1; k <= below.length; k++) {
            sum += below[k - 1];
            double candidate = (radius + sum) / k;
            if (below[k - 1] >= candidate) {
                break;
            }
            peak = candidate;
        }
        return peak;
    }
}
