package org.implicitdl.train.penalty;

/** Says that a linear function has no minimum under a penalty, or none that can be told. */
public final class UnboundedPenaltyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnboundedPenaltyException(Penalty penalty) {
        this("A linear function has no minimum under " + penalty
                + ", which does not bound the weights strongly enough;"
                + " the conditional gradient method needs a ball or a ridge in it. Add one, or take the proximal gradient"
                + " method.");
    }

    private UnboundedPenaltyException(String message) {
        super(message);
    }

    static UnboundedPenaltyException ofIntersection(Penalty sum) {
        return new UnboundedPenaltyException("The minimum of a linear function under " + sum
                + " is at a vertex that none of them tells alone, which the conditional gradient method would need."
                + " Add a ridge, leave all but one of them out, or take the proximal gradient method.");
    }
}
