package org.implicitdl.convert.certify;

import java.util.Arrays;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The inputs |u − û| ≤ σ of the interval uncertainty (16), a box for each sample; samples are columns. Immutable.
 *
 * <p>Everything is in double precision, whatever type the inputs have.
 */
public final class InputBox {
    private final Box box;

    private InputBox(Box box) {
        this.box = box;
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
        return new InputBox(
                new Box(center, Nd4j.zeros(DataType.DOUBLE, center.shape()).addi(requireRadius(sigma))));
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
        return new InputBox(new Box(center, radius));
    }

    /**
     * The part of the box within a domain, such as the gray values from 0 to 1. Its ends may lie outside by rounding.
     *
     * @throws IllegalArgumentException unless low ≤ û ≤ high, so that no box is empty
     */
    public InputBox clippedTo(double low, double high) {
        double least = box.center().minNumber().doubleValue();
        double largest = box.center().maxNumber().doubleValue();
        if (!(low <= least && largest <= high)) {
            throw new IllegalArgumentException("The inputs at the centers of the boxes must lie in the domain ["
                    + low + ", " + high + "], but range from " + least + " to " + largest
                    + "; scale them, or give the domain that they have.");
        }
        return new InputBox(
                Box.between(Transforms.max(box.lower(), low, false), Transforms.min(box.upper(), high, false)));
    }

    /** The number p of inputs. */
    public int inputs() {
        return (int) box.center().size(0);
    }

    /** The number m of samples. */
    public int samples() {
        return (int) box.center().size(1);
    }

    /** The lower ends [p, m], as a new array. */
    public INDArray lower() {
        return box.lower();
    }

    /** The upper ends [p, m], as a new array. */
    public INDArray upper() {
        return box.upper();
    }

    /** The nearest points of the boxes to given inputs [p, m], as a new array. */
    public INDArray project(INDArray u) {
        INDArray inside = Transforms.max(u.castTo(DataType.DOUBLE), lower(), true);
        return Transforms.min(inside, upper(), false);
    }

    Box box() {
        return box;
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
    public String toString() {
        return samples() + " boxes of " + inputs() + " inputs, the largest radius "
                + box.radius().maxNumber();
    }
}
