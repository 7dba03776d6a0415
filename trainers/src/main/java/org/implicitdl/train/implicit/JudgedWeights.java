package org.implicitdl.train.implicit;

/**
 * Weights and what their own predictions are worth.
 *
 * @param weights A, B, C, D
 * @param value the loss with states that solve the rule, and the penalty g if there is one, over the number of samples
 */
public record JudgedWeights(ImplicitWeights weights, double value) {

    /** The one of the lower value, this one if they are equal. */
    JudgedWeights orBetter(JudgedWeights other) {
        return other.value < value ? other : this;
    }
}
