package org.implicitdl.convert.structure;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Where inputs lie: lower ≤ u ≤ upper in each component, in a box for all samples or in one for each; samples are
 * columns. That is the interval uncertainty |u − û| ≤ σ of (16), and the domain that a reduction is for. Immutable.
 *
 * <p>Everything is in double precision, whatever type the inputs have. Bounds may be infinite, which certificates do not
 * take.
 */
public final class InputBox {
    /** An allowance for the rounding of a center and of its distance from the ends. */
    private static final double FEW = 0x1p-49;

    private final INDArray lower;
    private final INDArray upper;
    private final INDArray center;
    private final INDArray radius;

    private InputBox(INDArray lower, INDArray upper, INDArray center, INDArray radius) {
        this.lower = lower;
        this.upper = upper;
        this.center = center;
        this.radius = radius;
    }

    /**
     * The box between given ends.
     *
     * @param lower the lower ends [p, m], which may be −∞; not changed
     * @param upper the upper ends [p, m], which may be ∞; not changed
     * @throws ShapeException if they are not of rank 2 or differ in shape
     * @throws IllegalArgumentException if a lower end is above its upper end, or NaN
     */
    public static InputBox between(INDArray lower, INDArray upper) {
        if (lower.rank() != 2 || !Arrays.equals(lower.shape(), upper.shape())) {
            throw new ShapeException(
                    "A box needs lower and upper ends [inputs, samples] of the same shape, but they are "
                            + Arrays.toString(lower.shape()) + " and " + Arrays.toString(upper.shape()) + ".");
        }
        double[] low = numbers(lower);
        double[] high = numbers(upper);
        for (int k = 0; k < low.length; k++) {
            if (!(low[k] <= high[k])) {
                throw new IllegalArgumentException("A box needs lower ≤ upper ends, but for input " + k % lower.size(0)
                        + " they are " + low[k] + " and " + high[k] + ".");
            }
        }
        return between(low, high, lower.shape());
    }

    private static InputBox between(double[] low, double[] high, long... shape) {
        double[] center = new double[low.length];
        double[] radius = new double[low.length];
        for (int k = 0; k < low.length; k++) {
            boolean isFinite = Double.isFinite(low[k]) && Double.isFinite(high[k]);
            center[k] = isFinite ? low[k] / 2 + high[k] / 2 : 0;
            double reach = Math.max(high[k] - center[k], center[k] - low[k]);
            radius[k] = reach + FEW * (Math.abs(center[k]) + reach);
        }
        return new InputBox(columns(low, shape), columns(high, shape), columns(center, shape), columns(radius, shape));
    }

    private static double[] numbers(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('f').data().asDouble();
    }

    private static INDArray columns(double[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape('f', shape);
    }

    /**
     * One box with the same ends for each of so many inputs.
     *
     * @throws IllegalArgumentException if {@code lower} is above {@code upper}, or one of them is NaN
     */
    public static InputBox of(int inputs, double lower, double upper) {
        return between(
                Nd4j.valueArrayOf(new long[] {inputs, 1}, lower, DataType.DOUBLE),
                Nd4j.valueArrayOf(new long[] {inputs, 1}, upper, DataType.DOUBLE));
    }

    /** All inputs whatever. */
    public static InputBox everything(int inputs) {
        return of(inputs, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * The box of the same size in every direction: ‖u − û‖∞ ≤ σ.
     *
     * @param u Û [p, m], not changed
     * @param sigma σ
     * @throws ShapeException if the inputs are not of rank 2
     * @throws NonFiniteException if an input is NaN or infinite
     * @throws IllegalArgumentException if σ is negative, NaN or infinite
     */
    public static InputBox around(INDArray u, double sigma) {
        INDArray center = inputs(u);
        return aroundExactly(center, Nd4j.zeros(DataType.DOUBLE, center.shape()).addi(requireRadius(sigma)));
    }

    /**
     * The box |u − û| ≤ σ.
     *
     * @param u Û [p, m], not changed
     * @param sigma a vector of length p, one σ for all samples, or an array [p, m]; not changed
     * @throws ShapeException if the inputs are not of rank 2, or σ has another size
     * @throws NonFiniteException if an input or a component of σ is NaN or infinite
     * @throws IllegalArgumentException if a component of σ is negative
     */
    public static InputBox around(INDArray u, INDArray sigma) {
        INDArray center = inputs(u);
        boolean isVector = sigma.isVectorOrScalar() && sigma.length() == center.size(0);
        if (!isVector && !Arrays.equals(sigma.shape(), center.shape())) {
            throw new ShapeException("The radius sigma must be a vector of length " + center.size(0)
                    + " or an array " + Arrays.toString(center.shape()) + " like the inputs, but has the shape "
                    + Arrays.toString(sigma.shape()) + ".");
        }
        NonFiniteException.check("radius sigma", sigma);
        requireRadius(sigma.minNumber().doubleValue());
        INDArray radius = sigma.castTo(DataType.DOUBLE).dup('f');
        if (!Arrays.equals(sigma.shape(), center.shape())) {
            radius = Nd4j.zeros(DataType.DOUBLE, center.shape())
                    .addiColumnVector(radius.reshape('f', center.size(0), 1));
        }
        return aroundExactly(center, radius);
    }

    private static InputBox aroundExactly(INDArray center, INDArray radius) {
        return new InputBox(center.sub(radius), center.add(radius), center, radius);
    }

    /**
     * The part of the box within a domain, such as the gray values from 0 to 1. Its ends may lie outside by rounding.
     *
     * @throws IllegalArgumentException unless low ≤ û ≤ high, so that no box is empty
     */
    public InputBox clippedTo(double low, double high) {
        double least = center.minNumber().doubleValue();
        double largest = center.maxNumber().doubleValue();
        if (!(low <= least && largest <= high)) {
            throw new IllegalArgumentException("The inputs at the centers of the boxes must lie in the domain ["
                    + low + ", " + high + "], but range from " + least + " to " + largest
                    + "; scale them, or give the domain that they have.");
        }
        return between(Transforms.max(lower, low, true), Transforms.min(upper, high, true));
    }

    /**
     * The inputs of both boxes.
     *
     * @throws ShapeException if they differ in inputs or samples
     * @throws IllegalArgumentException if the boxes have no input in common
     */
    public InputBox intersect(InputBox other) {
        requireAlike(other);
        double[] low = numbers(lower);
        double[] high = numbers(upper);
        double[] otherLow = numbers(other.lower);
        double[] otherHigh = numbers(other.upper);
        for (int k = 0; k < low.length; k++) {
            low[k] = Math.max(low[k], otherLow[k]);
            high[k] = Math.min(high[k], otherHigh[k]);
            if (low[k] > high[k]) {
                throw new IllegalArgumentException("There is no input both in the box of " + this + " and in that of "
                        + other + ", which are apart for input " + k % inputs() + "; choose boxes that overlap.");
            }
        }
        return between(low, high, lower.shape());
    }

    /**
     * Whether every input of another box is one of this.
     *
     * @throws ShapeException if they differ in inputs, or in samples if this is not one box for all samples
     */
    public boolean contains(InputBox other) {
        return contains(other.lower) && contains(other.upper);
    }

    /**
     * Whether all of given inputs are in the box; one that is NaN is not.
     *
     * @param u U [p, m], not changed
     * @throws ShapeException if U does not have p rows, or another number of samples if this is not one box for all
     */
    public boolean contains(INDArray u) {
        if (u.rank() != 2 || u.size(0) != inputs() || samples() != 1 && u.size(1) != samples()) {
            throw new ShapeException("The inputs must be [" + inputs() + ", " + (samples() == 1 ? "samples" : samples())
                    + "] like the box, but have the shape " + Arrays.toString(u.shape()) + ".");
        }
        double[] low = numbers(lower);
        double[] high = numbers(upper);
        double[] values = numbers(u);
        return IntStream.range(0, values.length)
                .allMatch(k -> low[k % low.length] <= values[k] && values[k] <= high[k % low.length]);
    }

    private void requireAlike(InputBox other) {
        if (!Arrays.equals(lower.shape(), other.lower.shape())) {
            throw new ShapeException("The boxes must be of the same inputs and samples, but are "
                    + Arrays.toString(lower.shape()) + " and " + Arrays.toString(other.lower.shape()) + ".");
        }
    }

    /** Whether no input is outside. */
    public boolean isEverything() {
        return areAll(Double.NEGATIVE_INFINITY, lower) && areAll(Double.POSITIVE_INFINITY, upper);
    }

    /** The number p of inputs. */
    public int inputs() {
        return (int) center.size(0);
    }

    /** The number m of samples. */
    public int samples() {
        return (int) center.size(1);
    }

    /** The lower ends [p, m], as a new array. */
    public INDArray lower() {
        return lower.dup('f');
    }

    /** The upper ends [p, m], as a new array. */
    public INDArray upper() {
        return upper.dup('f');
    }

    /** The centers û [p, m], as a new array; 0 where an end is infinite. */
    public INDArray center() {
        return center.dup('f');
    }

    /** The distances [p, m] from the centers within which the box lies, rounding included, as a new array. */
    public INDArray radius() {
        return radius.dup('f');
    }

    /** The nearest points of the boxes to given inputs [p, m], as a new array. */
    public INDArray project(INDArray u) {
        INDArray inside = Transforms.max(u.castTo(DataType.DOUBLE), lower, true);
        return Transforms.min(inside, upper, false);
    }

    private static INDArray inputs(INDArray u) {
        if (u.rank() != 2) {
            throw new ShapeException("The inputs must be [inputs, samples], but have the shape "
                    + Arrays.toString(u.shape()) + "; samples are columns.");
        }
        NonFiniteException.check("inputs", u);
        return u.castTo(DataType.DOUBLE).dup('f');
    }

    private static double requireRadius(double sigma) {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("The radius sigma must be at least 0 and finite, but is " + sigma + ".");
        }
        return sigma;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputBox that && lower.equals(that.lower) && upper.equals(that.upper);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers(lower)) + Arrays.hashCode(numbers(upper));
    }

    /** In words that go on after "for", such as "all 784 inputs in [0, 1]". */
    @Override
    public String toString() {
        if (isEverything()) {
            return "inputs of any size";
        }
        double low = lower.minNumber().doubleValue();
        double high = upper.maxNumber().doubleValue();
        if (areAll(low, lower) && areAll(high, upper)) {
            return "all " + inputs() + " inputs in [" + shortest(low) + ", " + shortest(high) + "]";
        }
        return samples() == 1
                ? inputs() + " inputs between ends of their own, in [" + shortest(low) + ", " + shortest(high) + "]"
                : samples() + " boxes of " + inputs() + " inputs, the largest radius " + radius.maxNumber();
    }

    private static boolean areAll(double value, INDArray ends) {
        return Arrays.stream(numbers(ends)).allMatch(end -> end == value);
    }

    private static String shortest(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }
}
