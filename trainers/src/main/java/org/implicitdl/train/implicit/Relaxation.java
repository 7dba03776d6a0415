package org.implicitdl.train.implicit;

import java.util.Arrays;

/**
 * How the relaxed problem (11) weighs the equation: ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ) + ½μ‖X − P‖²_F, with a λ for every state;
 * (10) is the case of equal ones. The larger they are, the closer P is held to the rule.
 */
public final class Relaxation {
    private final double[] lambda;
    private final double mu;

    private Relaxation(double[] lambda, double mu) {
        this.lambda = lambda;
        this.mu = mu;
    }

    /**
     * One λ for all states, as in (10).
     *
     * @param lambda λ &gt; 0
     * @param mu μ &gt; 0
     */
    public static Relaxation of(double lambda, double mu) {
        return perState(new double[] {lambda}, mu);
    }

    /**
     * A λ for each state, as in (11).
     *
     * @param lambda λᵢ &gt; 0
     * @param mu μ &gt; 0
     * @throws IllegalArgumentException if a number is not positive and finite
     */
    public static Relaxation perState(double[] lambda, double mu) {
        for (double weight : lambda) {
            require("λ", weight);
        }
        require("μ", mu);
        return new Relaxation(lambda.clone(), mu);
    }

    /**
     * The scale ε^L, …, ε², ε of §7.1 for a state of L blocks of the given sizes, the block of the input first, times a
     * common factor.
     */
    public static Relaxation scale(double epsilon, double factor, double mu, int... blocks) {
        double[] lambda = new double[Arrays.stream(blocks).sum()];
        int at = 0;
        for (int l = 0; l < blocks.length; l++) {
            Arrays.fill(lambda, at, at + blocks[l], factor * Math.pow(epsilon, blocks.length - l));
            at += blocks[l];
        }
        return perState(lambda, mu);
    }

    /** λ of state i. */
    public double lambda(int i) {
        return lambda.length == 1 ? lambda[0] : lambda[i];
    }

    /** The λ of all states, or the one of them all. */
    double[] lambdas() {
        return lambda.clone();
    }

    /** The largest λ. */
    public double largest() {
        return Arrays.stream(lambda).max().orElseThrow();
    }

    /** μ. */
    public double mu() {
        return mu;
    }

    /** The same with λ and μ multiplied, as by a continuation. */
    public Relaxation times(double factor) {
        return perState(Arrays.stream(lambda).map(l -> l * factor).toArray(), mu * factor);
    }

    private static void require(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The weight " + what + " of a relaxation must be positive and finite, but is " + value + ".");
        }
    }

    @Override
    public String toString() {
        return "lambda " + (lambda.length == 1 ? lambda[0] : Arrays.toString(lambda)) + ", mu " + mu;
    }
}
