package org.implicitdl.train.penalty;

/** Says that a linear function has no minimum under a penalty. */
public final class UnboundedPenaltyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnboundedPenaltyException(Penalty penalty) {
        super("A linear function has no minimum under " + penalty
                + ", which does not bound the weights strongly enough;"
                + " the conditional gradient method needs a ball or a ridge in it. Add one, or take the proximal gradient"
                + " method.");
    }
}
