package org.implicitdl.wellposed;

import java.util.Arrays;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of what convex sets are given. */
final class SetArguments {
    private SetArguments() {}

    static double radius(double kappa) {
        if (!(kappa > 0) || Double.isInfinite(kappa)) {
            throw new IllegalArgumentException("The radius κ must be positive and finite, but is " + kappa
                    + "; κ slightly below 1, such as 0.95, keeps A well-posed for a non-expansive φ.");
        }
        return kappa;
    }

    static void matrix(INDArray a) {
        if (a.rank() != 2) {
            throw new ShapeException("A matrix of rank 2 is needed, but the array has the shape "
                    + Arrays.toString(a.shape()) + "; reshape it to [rows, columns].");
        }
        if (a.dataType() != DataType.FLOAT && a.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException(
                    "The matrix must be FLOAT or DOUBLE, but is " + a.dataType() + "; cast it first.");
        }
    }

    static void finiteMatrix(INDArray a) {
        matrix(a);
        NonFiniteException.check("matrix", a);
    }

    /** The largest relative error of storing a number in the type of the array. */
    static double unit(INDArray a) {
        return a.dataType() == DataType.FLOAT ? 0x1p-24 : 0x1p-53;
    }
}
