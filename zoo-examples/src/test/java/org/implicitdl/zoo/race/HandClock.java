package org.implicitdl.zoo.race;

/** A clock that goes on when it is told to. */
final class HandClock {
    private long nanos = 17;

    void advance(double seconds) {
        nanos += Math.round(1e9 * seconds);
    }

    long nanos() {
        return nanos;
    }
}
