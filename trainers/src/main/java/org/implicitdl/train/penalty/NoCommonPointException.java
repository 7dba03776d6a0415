package org.implicitdl.train.penalty;

/** Says that alternating projections did not meet: most likely two constraints exclude each other. */
public final class NoCommonPointException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    NoCommonPointException(Penalty first, Penalty second, int rounds, double distance) {
        super("After " + rounds + " rounds the projections by " + first + " and by " + second + " are still " + distance
                + " apart, where 0 was expected: the two seem to have no point in common. Relax one of them.");
    }
}
