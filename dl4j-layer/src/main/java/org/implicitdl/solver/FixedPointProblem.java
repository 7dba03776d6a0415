package org.implicitdl.solver;

import java.util.Arrays;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The equation X = φ(AX + V) of (1), one column a sample, where V = BU + b1ᵀ is known.
 *
 * @param a the matrix A [n, n]
 * @param input the known part V [n, m]; not changed by solvers
 * @param phi the activation map φ
 */
public record FixedPointProblem(LinearOperator a, INDArray input, Activation phi) {

    /**
     * @throws ShapeException if A is not square, or V does not have n rows
     * @throws IllegalArgumentException if V is not of a floating point type
     */
    public FixedPointProblem {
        if (a.rows() != a.cols()) {
            throw new ShapeException("The matrix A must be square, but is " + a + ".");
        }
        if (input.rank() != 2 || input.size(0) != a.rows()) {
            throw new ShapeException("The known part BU + b must be [" + a.rows() + ", samples], but has the shape "
                    + Arrays.toString(input.shape()) + ".");
        }
        if (!input.isR()) {
            throw new IllegalArgumentException("The known part BU + b must be of a floating point type, but is "
                    + input.dataType() + "; cast it to FLOAT or DOUBLE.");
        }
    }

    /** The number n of states. */
    public int states() {
        return a.rows();
    }

    /** The number m of samples. */
    public int samples() {
        return (int) input.size(1);
    }

    /** One evaluation φ(AX + V) of the map whose fixed point is sought, as a new array. */
    public INDArray apply(INDArray x) {
        return phi.apply(a.times(x).addi(input));
    }

    /** @throws ShapeException if the array is no state [n, m] of this problem */
    void requireState(String what, INDArray x) {
        if (x.rank() != 2 || x.size(0) != states() || x.size(1) != samples()) {
            throw new ShapeException("The " + what + " must be [" + states() + ", " + samples()
                    + "] like the known part, but has the shape " + Arrays.toString(x.shape()) + ".");
        }
    }
}
