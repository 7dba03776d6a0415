package org.implicitdl.wellposed;

/** How far sums, norms and eigenvalues that were computed in double precision may lie from the exact ones. */
final class Rounding {
    private static final double UNIT = 0x1p-53;

    private Rounding() {}

    /**
     * A relative bound for a sum of n terms of one sign, and, generously, for LAPACK's largest singular value or
     * eigenvalue of a matrix of order n. A strict inequality counts only if it holds with this much to spare.
     */
    static double slack(int n) {
        return 8.0 * (n + 2) * UNIT;
    }
}
