package org.implicitdl.convert.certify;

import java.util.Arrays;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bounds on each component of each sample, such as l ≤ ŷ ≤ h for all inputs of a box.
 *
 * @param lower l [q, m], for reading only
 * @param upper h [q, m], for reading only
 */
public record Bounds(INDArray lower, INDArray upper) {

    /** @throws ShapeException if the shapes differ */
    public Bounds {
        if (!Arrays.equals(lower.shape(), upper.shape())) {
            throw new ShapeException("Lower and upper bounds have the same shape, but " + Arrays.toString(lower.shape())
                    + " and " + Arrays.toString(upper.shape()) + " were given.");
        }
    }

    static Bounds of(Box box) {
        return new Bounds(box.lower(), box.upper());
    }

    /** The widths h − l [q, m], as a new array. */
    public INDArray width() {
        return upper.sub(lower);
    }

    /**
     * How far the entry of an array that lies farthest outside is outside; 0 if all are inside.
     *
     * @param y [q, m]
     */
    public double violation(INDArray y) {
        INDArray values = y.castTo(DataType.DOUBLE);
        double below = lower.sub(values).maxNumber().doubleValue();
        double above = values.sub(upper).maxNumber().doubleValue();
        return Math.max(0, Math.max(below, above));
    }

    /** Whether every entry of an array [q, m] lies within. */
    public boolean contains(INDArray y) {
        return violation(y) == 0;
    }
}
