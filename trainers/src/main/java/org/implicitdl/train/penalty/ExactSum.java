package org.implicitdl.train.penalty;

import java.util.Optional;

/** Sums of two penalties that are one penalty of their kind. */
final class ExactSum {
    private ExactSum() {}

    /**
     * The sum, if it is of such a kind.
     *
     * @throws org.implicitdl.operator.ShapeException if the two are for matrices of different sizes
     */
    static Optional<Penalty> of(Penalty first, Penalty second) {
        if (first instanceof NoPenalty) {
            return Optional.of(second);
        } else if (second instanceof NoPenalty) {
            return Optional.of(first);
        } else if (first instanceof L1Ball ball && second instanceof L1Ball other) {
            return ball.intersection(other).map(Penalty.class::cast);
        } else if (first instanceof Parts parts && second instanceof Parts other) {
            return parts.sum(other).map(Penalty.class::cast);
        }
        return Optional.empty();
    }
}
