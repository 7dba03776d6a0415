package org.implicitdl.train.bcd;

import org.implicitdl.text.Count;

/**
 * The weight ε of the relaxation in each sweep: from {@code first} to {@code last} in a geometric progression over
 * {@code sweeps} sweeps, then constant. Small values make fast early progress, larger ones a better end.
 *
 * @param first ε in the first sweep, positive
 * @param last ε from sweep number {@code sweeps} on, positive
 * @param sweeps the length of the progression, at least 1
 */
public record EpsilonSchedule(double first, double last, int sweeps) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public EpsilonSchedule {
        if (!(first > 0 && last > 0 && first < Double.POSITIVE_INFINITY && last < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Epsilon must be positive and finite, but goes from " + first + " to "
                    + last + "; values between 1e-3 and 1e-1 work well.");
        }
        if (sweeps < 1) {
            throw new IllegalArgumentException(
                    "A schedule of epsilon takes at least 1 sweep, but " + sweeps + " were given.");
        }
    }

    /** The same ε in every sweep. */
    public static EpsilonSchedule constant(double epsilon) {
        return new EpsilonSchedule(epsilon, epsilon, 1);
    }

    /** ε from one value to another over a number of sweeps. */
    public static EpsilonSchedule rising(double first, double last, int sweeps) {
        return new EpsilonSchedule(first, last, sweeps);
    }

    /** ε in a sweep, counted from 0. */
    public double at(int sweep) {
        return sweep >= sweeps - 1 ? last : first * Math.pow(last / first, (double) sweep / (sweeps - 1));
    }

    @Override
    public String toString() {
        return first == last ? Double.toString(last) : first + " to " + last + " over " + Count.of(sweeps, "sweep");
    }
}
