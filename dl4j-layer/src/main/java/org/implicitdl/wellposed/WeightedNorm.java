package org.implicitdl.wellposed;

import java.util.Arrays;

/**
 * A norm ‖w ⊙ x‖ on the states, in which a map contracts.
 *
 * @param exponent which of ℓ₁, ℓ₂ and ℓ∞
 * @param weights w, positive
 */
public record WeightedNorm(Exponent exponent, double[] weights) {

    /** The unweighted norms of (2). */
    public enum Exponent {
        ONE("ℓ₁"),
        TWO("ℓ₂"),
        INF("ℓ∞");

        private final String symbol;

        Exponent(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    /** @throws IllegalArgumentException if a weight is not positive and finite */
    public WeightedNorm {
        weights = weights.clone();
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] > 0) || weights[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("The weights of a norm must be positive and finite, but weight " + i
                        + " is " + weights[i] + ".");
            }
        }
    }

    /** The norm with all weights 1. */
    static WeightedNorm plain(Exponent exponent, int states) {
        double[] ones = new double[states];
        Arrays.fill(ones, 1);
        return new WeightedNorm(exponent, ones);
    }

    /** The weights w, as a copy. */
    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** The number of states. */
    public int states() {
        return weights.length;
    }

    /** Whether all weights are 1, so that φ need not act on each component alone. */
    public boolean isPlain() {
        for (double weight : weights) {
            if (weight != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * The dual norm ‖y‖_* = max yᵀx over ‖w ⊙ x‖ ≤ 1, which is ‖y ⊘ w‖ with ℓ₁ and ℓ∞ in each other's place, as yᵀx = (y ⊘
     * w)ᵀ(w ⊙ x).
     *
     * @throws IllegalArgumentException if the reciprocal of a weight overflows
     */
    public WeightedNorm dual() {
        Exponent dual = switch (exponent) {
            case ONE -> Exponent.INF;
            case TWO -> Exponent.TWO;
            case INF -> Exponent.ONE;
        };
        return new WeightedNorm(dual, Arrays.stream(weights).map(w -> 1 / w).toArray());
    }

    /** ‖w ⊙ x‖. */
    public double of(double[] x) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double term = Math.abs(weights[i] * x[i]);
            sum = switch (exponent) {
                case ONE -> sum + term;
                case TWO -> Math.hypot(sum, term);
                case INF -> Math.max(sum, term);
            };
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightedNorm that && exponent == that.exponent && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * exponent.hashCode() + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return (isPlain() ? "" : "weighted ") + exponent;
    }
}
