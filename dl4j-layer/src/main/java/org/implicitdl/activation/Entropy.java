package org.implicitdl.activation;

/** Relative entropies, which the divergences of tanh, sigmoid and ELU are. */
final class Entropy {
    private Entropy() {}

    /**
     * One term p log(p/q) − p + q of a relative entropy: nonnegative, and zero for p = q alone.
     *
     * @param p at least 0
     * @param q at least 0; it may have underflowed
     * @param difference p − q, computed so as not to cancel
     * @param logQ log q, finite where q has underflowed
     */
    static double term(double p, double q, double difference, double logQ) {
        // Strictly, so that p = q = 0 falls through.
        if (Math.abs(difference) < q / 2) {
            return q * Remainders.entropy(difference / q);
        }
        return p == 0 ? q : p * (Math.log(p) - logQ) - p + q;
    }

    /**
     * The relative entropy p log(p/q) + (1−p) log((1−p)/(1−q)) for q = 1/(1 + e⁻ʷ).
     *
     * @param p from 0 to 1
     * @param rest 1 − p, computed so as not to cancel
     * @param w the logit of q
     * @param difference p − q, computed so as not to cancel
     */
    static double binary(double p, double rest, double w, double difference) {
        return term(p, Logistic.sigma(w), difference, -Softplus.softplus(-w))
                + term(rest, Logistic.sigma(-w), -difference, -Softplus.softplus(w));
    }

    /** The relative entropy of p = 1/(1 + e⁻ᵃ) with respect to q = 1/(1 + e⁻ᵇ), both given by their logits. */
    static double ofLogits(double a, double b) {
        // p − q = p(1−q)(1 − eᵇ⁻ᵃ), turned so that the exponential stays below 1.
        double size = Logistic.sigma(Math.max(a, b)) * Logistic.sigma(-Math.min(a, b)) * -Math.expm1(-Math.abs(a - b));
        return binary(Logistic.sigma(a), Logistic.sigma(-a), b, Math.copySign(size, a - b));
    }
}
