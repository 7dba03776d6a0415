package org.implicitdl.train.penalty;

import java.util.List;
import java.util.stream.Collectors;

/** Says that alternating projections did not meet: most likely constraints exclude each other. */
public final class NoCommonPointException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    NoCommonPointException(List<Penalty> penalties, int rounds, double distance) {
        super("After " + rounds + " rounds the projections by "
                + penalties.stream().map(Penalty::toString).collect(Collectors.joining(" and by "))
                + " are still " + distance
                + " apart, where 0 was expected: they seem to have no point in common. Relax one of them.");
    }
}
