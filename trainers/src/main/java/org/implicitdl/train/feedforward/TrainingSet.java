package org.implicitdl.train.feedforward;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;

/**
 * Inputs and responses, one column a sample (§4.1). The matrices are kept as they are, and must not be changed while a
 * training runs.
 *
 * @param u the inputs U [p, m]
 * @param y the responses Y [q, m]
 */
public record TrainingSet(Matrix u, Matrix y) {

    /**
     * @throws ShapeException if there is no sample, or if U and Y differ in their number
     * @throws NonFiniteException if a number is NaN or infinite
     */
    public TrainingSet {
        if (u.cols() == 0 || u.cols() != y.cols()) {
            throw new ShapeException("Training needs at least one sample and equally many inputs and responses, but"
                    + " there are " + u.cols() + " inputs and " + y.cols() + " responses.");
        }
        requireFinite("inputs", u);
        requireFinite("responses", y);
    }

    /** The number m of samples. */
    public int samples() {
        return u.cols();
    }

    private static void requireFinite(String what, Matrix matrix) {
        for (int i = 0; i < matrix.values().length; i++) {
            if (!Double.isFinite(matrix.values()[i])) {
                throw new NonFiniteException("The " + what + " must be finite numbers, but component "
                        + i % matrix.rows() + " of sample " + i / matrix.rows() + " is " + matrix.values()[i]
                        + "; remove or replace such samples.");
            }
        }
    }
}
