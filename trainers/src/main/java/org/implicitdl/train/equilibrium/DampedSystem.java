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
}
