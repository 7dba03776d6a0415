package org.implicitdl.zoo.bench;

/**
 * How much is measured.
 *
 * @param quick whether seconds must do, at the cost of precision and of cases
 * @param threads with how many threads ND4J and BLAS compute
 */
public record Effort(boolean quick, int threads) {

    /** The number of rounds: as many as are asked for, or a few. */
    public int rounds(int full) {
        return quick ? Math.min(3, full) : full;
    }

    /** One of two sizes. */
    public int size(int full, int small) {
        return quick ? small : full;
    }
}
