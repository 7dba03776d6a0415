package org.implicitdl.solver;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * When an iteration ends for a sample: the residual ‖φ(Ax + v) − x‖₂ / max(‖x‖₂, 1) is at most the tolerance, or the
 * limit of iterations is reached, or ‖φ(Ax + v) − x‖₂ has grown to a multiple of its least value so far.
 */
public final class StoppingRule {
    private static final StoppingRule DEFAULTS = new StoppingRule(0, 5000, 1e8, 1);

    /** 0 stands for a tolerance by data type. */
    private final double tolerance;

    private final int iterationLimit;
    private final double growthLimit;
    private final double floor;

    private StoppingRule(double tolerance, int iterationLimit, double growthLimit, double floor) {
        this.tolerance = tolerance;
        this.iterationLimit = iterationLimit;
        this.growthLimit = growthLimit;
        this.floor = floor;
    }

    /**
     * A tolerance by data type (1e-12 for DOUBLE, 4e-6 for FLOAT, 2e-2 for shorter types, which leaves room for the
     * rounding of products), 5000 iterations, growth by 1e8, and a floor of 1.
     */
    public static StoppingRule withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same rule with a tolerance for every data type.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public StoppingRule withTolerance(double tolerance) {
        if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(
                    "The tolerance must be positive and finite, but is " + tolerance + "; try 1e-10 in double.");
        }
        return new StoppingRule(tolerance, iterationLimit, growthLimit, floor);
    }

    /**
     * The same rule with another limit of iterations.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public StoppingRule withIterationLimit(int iterationLimit) {
        if (iterationLimit < 1) {
            throw new IllegalArgumentException(
                    "The limit of iterations must be at least 1, but is " + iterationLimit + ".");
        }
        return new StoppingRule(tolerance, iterationLimit, growthLimit, floor);
    }

    /**
     * The same rule with another limit of growth. A map that contracts in a weighted norm, or is nilpotent, may grow for
     * a while before it converges.
     *
     * @throws IllegalArgumentException if it is not above 1
     */
    public StoppingRule withGrowthLimit(double growthLimit) {
        if (!(growthLimit > 1)) {
            throw new IllegalArgumentException("The limit of growth must be above 1, but is " + growthLimit + ".");
        }
        return new StoppingRule(tolerance, iterationLimit, growthLimit, floor);
    }

    /**
     * The same rule with residuals relative to max(‖x‖₂, floor). Linear equations, whose solution is as small as their known
     * part, call for a floor far below.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public StoppingRule withFloor(double floor) {
        if (!(floor > 0) || Double.isInfinite(floor)) {
            throw new IllegalArgumentException(
                    "The least size that residuals are relative to must be positive and finite, but is " + floor + ".");
        }
        return new StoppingRule(tolerance, iterationLimit, growthLimit, floor);
    }

    /** The residual of a state of norm ‖x‖₂, whose distance from its image is ‖φ(Ax + v) − x‖₂. */
    double residual(double distance, double norm) {
        return distance / Math.max(norm, floor);
    }

    /** The tolerance for arrays of a data type. */
    public double tolerance(DataType type) {
        if (tolerance > 0) {
            return tolerance;
        }
        return switch (type) {
            case DOUBLE -> 1e-12;
            case FLOAT -> 4e-6;
            default -> 2e-2;
        };
    }

    /** The largest number of evaluations of φ(Ax + v) for a sample. */
    public int iterationLimit() {
        return iterationLimit;
    }

    /** The least ‖x‖₂ that residuals are relative to; 1 by default. */
    public double floor() {
        return floor;
    }

    /** The growth of the residual that counts as divergence. */
    public double growthLimit() {
        return growthLimit;
    }

    @Override
    public String toString() {
        return "tolerance " + (tolerance > 0 ? tolerance : "by data type") + ", at most " + iterationLimit
                + " iterations";
    }
}
