package org.implicitdl.train.implicit;

import java.util.Arrays;

/**
 * How a relaxed problem weighs the equation: (11) by ∑ᵢ λᵢ f_φ(Pᵢ, (AX + BU)ᵢ) + ½μ‖X − P‖²_F, with a λ for every state, of
 * which (10) is the case of equal ones; and (9), without a proxy P, by ∑ᵢ λᵢ f_φ(Xᵢ, (AX + BU)ᵢ), which is what they come to
 * for an infinite μ. The larger λ and μ are, the closer the states are held to the rule.
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
        if (lambda.length == 0) {
            throw new IllegalArgumentException(
                    "A relaxation needs a weight λ, but was given none; give one for all states, or one for each.");
        }
        for (double weight : lambda) {
            require("λ", weight);
        }
        require("μ", mu);
        return new Relaxation(lambda.clone(), mu);
    }

    /**
     * No proxy, as in (9): the states themselves are held to the rule. In them the problem need not be convex.
     *
     * @param lambda λ &gt; 0 for all states, or for each of them
     * @throws IllegalArgumentException if a number is not positive and finite
     */
    public static Relaxation withoutProxy(double... lambda) {
        return new Relaxation(perState(lambda, 1).lambda, Double.POSITIVE_INFINITY);
    }

    /** What {@link #lambdas} and {@link #mu} told. */
    static Relaxation restored(double[] lambda, double mu) {
        return Double.isInfinite(mu) ? withoutProxy(lambda) : perState(lambda, mu);
    }

    /**
     * The scale ε^L, …, ε², ε of §7.1 for a state of L blocks of the given sizes, the block of the input first, times a
     * common factor.
     *
     * @throws IllegalArgumentException if there is no block, one without states, or a λ that is not positive and finite
     */
    public static Relaxation scale(double epsilon, double factor, double mu, int... blocks) {
        if (blocks.length == 0 || Arrays.stream(blocks).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "A scale needs the sizes of the blocks of states, each at least 1, but was" + " given "
                            + Arrays.toString(blocks) + ".");
        }
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

    /** μ; infinite without a proxy. */
    public double mu() {
        return mu;
    }

    /** Whether there is a proxy P beside the states X. */
    public boolean hasProxy() {
        return Double.isFinite(mu);
    }

    /** The same λ with a proxy that is held to the states by another μ. */
    Relaxation withProxy(double otherMu) {
        return perState(lambda, otherMu);
    }

    /** The same with λ and μ multiplied, as by a continuation. */
    public Relaxation times(double factor) {
        return restored(Arrays.stream(lambda).map(l -> l * factor).toArray(), mu * factor);
    }

    private static void require(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The weight " + what + " of a relaxation must be positive and finite, but is " + value + ".");
        }
    }

    @Override
    public String toString() {
        return "lambda " + (lambda.length == 1 ? lambda[0] : Arrays.toString(lambda))
                + (hasProxy() ? ", mu " + mu : ", no proxy");
    }
}
