package org.implicitdl.train.penalty;

import java.util.Objects;
import org.implicitdl.operator.Matrix;

/**
 * A closed convex function g of a weight matrix: a penalty, or a constraint as the function that is 0 in a convex set and
 * +∞ outside, or a sum of such (§4.1). Immutable; arguments are never changed, results share nothing with them. Its text
 * tells all that it depends on: by it the checkpoint of a training knows that it is resumed with the same penalty.
 *
 * <p>What couples two matrices, such as the norms (19) of the columns of B above D, is a penalty on a {@link Parts part} of
 * the matrix M = [A B; C D] of all weights.
 */
public interface Penalty {

    /** g(W); +∞ outside a constraint. */
    double value(Matrix w);

    /**
     * The proximal point argmin_V ½‖V − W‖²_F + step g(V), which is the projection for a constraint.
     *
     * @param step positive and finite
     * @throws IllegalArgumentException if the step is not
     * @throws org.implicitdl.operator.NonFiniteException if W holds a NaN or an infinite number
     */
    Matrix prox(Matrix w, double step);

    /**
     * The direction of the conditional gradient method, argmin_V ⟨G, V⟩ + g(V): for a constraint a point of the set
     * farthest against G. Rows, columns or entries that G does not tell anything about are 0.
     *
     * @throws UnboundedPenaltyException if g does not bound every ⟨G, V⟩ from below
     */
    Matrix linearMinimizer(Matrix g);

    /**
     * Whether g depends on the absolute values of the entries alone and never falls when one of them grows. A mask and an
     * ℓ₁ norm combine with such a penalty exactly.
     */
    boolean isMonotone();

    /**
     * The sum of this and another penalty, both constraints where both are constraints.
     *
     * <p>Masks, ℓ₁ norms and ridges combine with each other, and with one more penalty that is {@link #isMonotone
     * monotone}, exactly: their proximal points follow one after the other. Of two ℓ₁ balls one of which holds the other
     * the smaller one remains, and {@link Parts} with the same or with separate rectangles are summed part by part. All
     * others are summed by Dykstra's alternating method, whose results lie in the constraint of the last one and, to 1e-12,
     * in those of the others.
     *
     * @throws NullPointerException if the other is null
     */
    default Penalty and(Penalty other) {
        return Combination.of(this)
                .with(Combination.of(Objects.requireNonNull(other, "other penalty")))
                .simplified();
    }

    /** g = 0. */
    static Penalty none() {
        return new NoPenalty();
    }
}
