package org.implicitdl.convert.reduce;

import java.util.Arrays;
import org.implicitdl.operator.ShapeException;

/**
 * The inputs u with lower ≤ u ≤ upper, in each component; infinite bounds are none.
 *
 * @param lower p numbers
 * @param upper p numbers
 */
public record Box(double[] lower, double[] upper) {

    /**
     * Copies the arrays.
     *
     * @throws ShapeException if they differ in length
     * @throws IllegalArgumentException if a lower bound is above its upper bound, or NaN
     */
    public Box {
        lower = lower.clone();
        upper = upper.clone();
        if (lower.length != upper.length) {
            throw new ShapeException("A box needs as many lower as upper bounds, but there are " + lower.length
                    + " and " + upper.length + ".");
        }
        for (int j = 0; j < lower.length; j++) {
            if (!(lower[j] <= upper[j])) {
                throw new IllegalArgumentException("A box needs lower ≤ upper bounds, but for input " + j + " they are "
                        + lower[j] + " and " + upper[j] + ".");
            }
        }
    }

    /** The same bounds for each of so many inputs. */
    public static Box of(int inputs, double lower, double upper) {
        double[] low = new double[inputs];
        double[] high = new double[inputs];
        Arrays.fill(low, lower);
        Arrays.fill(high, upper);
        return new Box(low, high);
    }

    /** All inputs whatever. */
    public static Box everything(int inputs) {
        return of(inputs, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The number p of inputs. */
    public int inputs() {
        return lower.length;
    }

    /** The lower bounds, as a copy. */
    @Override
    public double[] lower() {
        return lower.clone();
    }

    /** The upper bounds, as a copy. */
    @Override
    public double[] upper() {
        return upper.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box that && Arrays.equals(lower, that.lower) && Arrays.equals(upper, that.upper);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lower) + Arrays.hashCode(upper);
    }

    @Override
    public String toString() {
        return "box from " + Arrays.toString(lower) + " to " + Arrays.toString(upper);
    }
}
