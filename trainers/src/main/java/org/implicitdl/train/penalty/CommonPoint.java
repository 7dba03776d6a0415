package org.implicitdl.train.penalty;

import java.util.List;
import org.implicitdl.operator.Matrix;

/**
 * A quick test whether constraints have a point in common: projections onto one after the other come to one if there is any,
 * and to a cycle of one length otherwise (Cheney and Goldstein, Proximity maps for convex sets, 1959).
 */
final class CommonPoint {
    private static final int ROUNDS = 5_000;
    private static final int WINDOW = 20;
    /** The change of the distance over a window, relative to it, below which it stands still. */
    private static final double STANDSTILL = 1e-9;
    /** The same of the way of the point: where three sets meet far off, it may go there at one distance. */
    private static final double REST = 1e-3;

    private static final double TOLERANCE = 1e-12;

    private CommonPoint() {}

    /** @throws NoCommonPointException if the projections of a point come to a cycle */
    static void require(List<Penalty> terms, Matrix start) {
        double tolerance = TOLERANCE * Math.max(start.frobeniusNorm(), 1);
        Matrix x = start;
        Matrix xBefore = start;
        double distanceBefore = Double.POSITIVE_INFINITY;
        for (int round = 1; round <= ROUNDS; round++) {
            double distance = 0;
            for (int i = 0; i < terms.size(); i++) {
                // So short a step leaves what is no constraint without effect.
                Matrix next = terms.get(i).prox(x, Double.MIN_NORMAL);
                distance = i == 0 ? 0 : Math.max(distance, Entries.distance(x, next));
                x = next;
            }
            if (distance <= tolerance) {
                return;
            }
            if (round % WINDOW == 0) {
                if (Math.abs(distanceBefore - distance) <= STANDSTILL * distance
                        && Entries.distance(x, xBefore) <= REST * distance) {
                    throw new NoCommonPointException(terms, round, distance);
                }
                xBefore = x;
                distanceBefore = distance;
            }
        }
    }
}
