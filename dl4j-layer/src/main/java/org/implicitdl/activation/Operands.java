package org.implicitdl.activation;

import java.util.Arrays;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The checks of arguments, and the arrays that results go to. */
final class Operands {
    /** Up to this many numbers a loop costs less than a call of ND4J. */
    static final int SMALL = 512;

    private Operands() {}

    /** A new array of unset values in 'f' order, of the type and shape of z, for φ(Z). */
    static INDArray resultFor(INDArray z) {
        if (!z.dataType().isFPType()) {
            throw new IllegalArgumentException("An activation is applied to floating point numbers, but the array is of"
                    + " type " + z.dataType() + "; cast it to FLOAT or DOUBLE.");
        }
        return Nd4j.createUninitialized(z.dataType(), z.shape(), 'f');
    }

    /** The same for a product with the Jacobian at Z, which needs a V of the shape and type of Z. */
    static INDArray resultFor(INDArray z, INDArray v) {
        if (!z.equalShapes(v) || z.dataType() != v.dataType()) {
            throw new ShapeException("A Jacobian product takes two arrays of the same shape and type, but Z is "
                    + z.dataType() + Arrays.toString(z.shape()) + " and V is " + v.dataType()
                    + Arrays.toString(v.shape()) + ".");
        }
        return resultFor(z);
    }

    /** 1 where z ≥ 0 and the slope below; ND4J's own derivatives round the slope to single precision, or forget it. */
    static INDArray slopes(INDArray z, double slope) {
        return z.gte(0).castTo(z.dataType()).muli(1 - slope).addi(slope);
    }

    static void requireMatrix(INDArray z) {
        if (z.rank() != 2) {
            throw new ShapeException("An activation that mixes components takes arrays [components, samples], but this"
                    + " one has the shape " + Arrays.toString(z.shape()) + "; reshape it.");
        }
    }

    static double requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The " + what + " must be a positive finite number, but is " + value + ".");
        }
        return value;
    }
}
