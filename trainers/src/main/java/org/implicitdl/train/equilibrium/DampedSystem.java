package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.operator.Matrix;

/** A way to solve (H + diag(w) + μI)V = G over the directions that some faces leave, for the Gauss–Newton matrix H at a point. */
sealed interface DampedSystem permits ParameterSystem, PredictionSystem, IterativeSystem {

    /**
     * V or near it, or empty if the matrix is not positive definite to rounding.
     *
     * @param right G, in the shape of M
     * @param damping μ
     */
    Optional<Matrix> solve(RowFaces faces, Matrix right, double damping);

    /** A matrix whose columns have one value each. */
    static Matrix ofColumns(double[] values, int rows) {
        Matrix matrix = Matrix.zeros(rows, values.length);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = values[i / rows];
        }
        return matrix;
    }
}
