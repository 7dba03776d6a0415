package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * By a factorization of the order of the parameters: P(H + diag(w))P + μI with the projection P onto the directions that the
 * faces leave.
 */
final class ParameterSystem implements DampedSystem {
    /** Samples times outputs whose rows of the Jacobian are multiplied at once. */
    private static final int BATCH = 512;

    private final Matrix hessian;

    /** @param weights diag(w), in the shape of M */
    ParameterSystem(OutputJacobian jacobian, Matrix weights) {
        int size = weights.values().length;
        this.hessian = Matrix.zeros(size, size);
        int step = Math.max(1, BATCH / jacobian.outputs());
        for (int from = 0; from < jacobian.samples(); from += step) {
            Matrix columns = jacobian.transposed(from, Math.min(jacobian.samples(), from + step));
            Lapack.addTimesTranspose(columns, columns, columns.cols(), hessian);
        }
        for (int i = 0; i < size; i++) {
            hessian.set(i, i, hessian.get(i, i) + weights.values()[i]);
        }
    }

    @Override
    public Optional<Matrix> solve(RowFaces faces, Matrix right, double damping) {
        Matrix projected = faces.isEmpty()
                ? hessian.copy()
                : projected(faces, right, projected(faces, right, hessian).transpose());
        Matrix g = new Matrix(hessian.rows(), 1, faces.projection(right).values());
        return Lapack.cholesky(projected.addToDiagonal(damping))
                .map(factor ->
                        new Matrix(right.rows(), right.cols(), factor.solve(g).values()));
    }

    /** The projections of columns that have the shape of M. */
    private static Matrix projected(RowFaces faces, Matrix shape, Matrix columns) {
        Matrix projected = Matrix.zeros(columns.rows(), columns.cols());
        for (int j = 0; j < columns.cols(); j++) {
            double[] column = columns.part(0, columns.rows(), j, j + 1).values();
            Matrix image = faces.projection(new Matrix(shape.rows(), shape.cols(), column));
            System.arraycopy(image.values(), 0, projected.values(), j * columns.rows(), columns.rows());
        }
        return projected;
    }
}
