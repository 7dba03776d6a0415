package org.implicitdl.zoo.synthetic;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;

/**
 * Inputs and outputs, sample by sample in columns.
 *
 * @param u the inputs U [p, m]
 * @param y the outputs Y [q, m]
 */
public record Samples(Matrix u, Matrix y) {

    /** @throws ShapeException if U and Y differ in their number of samples */
    public Samples {
        if (u.cols() != y.cols()) {
            throw new ShapeException(
                    "Every input needs an output, but there are " + u.cols() + " inputs and " + y.cols() + " outputs.");
        }
    }

    /** The number m of samples. */
    public int count() {
        return u.cols();
    }

    /**
     * The root mean squared error ‖Ŷ − Y‖_F/√m of §7.1, which is not divided by q.
     *
     * @param prediction Ŷ [q, m]
     * @throws ShapeException if the prediction has another shape than Y
     */
    public double rmse(Matrix prediction) {
        if (prediction.rows() != y.rows() || prediction.cols() != y.cols()) {
            throw new ShapeException(
                    "The prediction of " + y + " must have the same shape, but is " + prediction + ".");
        }
        double sum = 0;
        for (int i = 0; i < y.values().length; i++) {
            double error = prediction.values()[i] - y.values()[i];
            sum += error * error;
        }
        return Math.sqrt(sum / count());
    }
}
