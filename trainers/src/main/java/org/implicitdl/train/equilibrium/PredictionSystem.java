package org.implicitdl.train.equilibrium;

import java.util.Arrays;
import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * By a factorization of the order of the predictions: V = N(G − JᵀR(I + RᵀJNJᵀR)⁻¹RᵀJNG) with the inverse N of diag(w) + μI
 * over the directions that the faces leave.
 *
 * @param weights w, of the columns of M
 */
record PredictionSystem(OutputJacobian jacobian, double[] weights) implements DampedSystem {

    @Override
    public Optional<Matrix> solve(RowFaces faces, Matrix right, double damping) {
        double[] damped = Arrays.stream(weights).map(w -> w + damping).toArray();
        Matrix diagonal = ImplicitSystem.ofColumns(damped, right.rows());
        Matrix free = faces.inverse(right, diagonal);
        Matrix image = jacobian.times(free);
        Matrix column = new Matrix(image.values().length, 1, image.values());
        return Lapack.cholesky(jacobian.gram(faces, damped).addToDiagonal(1)).map(factor -> {
            double[] y = factor.solve(column).values();
            Matrix back = jacobian.transposeTimes(new Matrix(image.rows(), image.cols(), y));
            return free.plus(-1, faces.inverse(back, diagonal));
        });
    }
}
