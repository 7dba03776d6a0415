package org.implicitdl.operator;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of sizes, in one place. */
final class Shapes {
    private Shapes() {}

    static String of(LinearOperator operator) {
        return "[" + operator.rows() + ", " + operator.cols() + "]";
    }

    static int requirePositive(String what, int size) {
        if (size <= 0) {
            throw new ShapeException("The " + what + " must be at least 1, but is " + size + ".");
        }
        return size;
    }

    static void requireMatrix(String what, INDArray array) {
        if (array.rank() != 2) {
            throw new ShapeException("The " + what + " must be of rank 2, but has the shape "
                    + Arrays.toString(array.shape()) + "; reshape it to [rows, columns].");
        }
    }

    /** The number of samples of an operand, which must fit. */
    static long requireOperand(LinearOperator operator, INDArray x) {
        if (x.rank() != 2 || x.size(0) != operator.cols()) {
            throw new ShapeException("A " + of(operator) + " operator is applied to arrays [" + operator.cols()
                    + ", samples], but the argument has the shape " + Arrays.toString(x.shape())
                    + (x.rank() == 2 && x.size(1) == operator.cols()
                            ? "; samples are columns here: transpose it."
                            : "."));
        }
        return x.size(1);
    }
}
