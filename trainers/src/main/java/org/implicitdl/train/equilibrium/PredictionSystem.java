package org.implicitdl.train.equilibrium;

import java.util.Arrays;
import java.util.Optional;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * By a factorization of the order of the predictions: V = N(G − JᵀR(I + RᵀJNJᵀR)⁻¹RᵀJNG) with the inverse N of D = diag(w) +
 * μI over the directions that the faces leave. The largest part, RᵀJD⁻¹JᵀR, is kept from one face to the next.
 */
final class PredictionSystem implements DampedSystem {
    private final OutputJacobian jacobian;
    private final double[] weights;
    private double damping = Double.NaN;
    private Matrix gram;

    /** @param weights w, of the columns of M */
    PredictionSystem(OutputJacobian jacobian, double[] weights) {
        this.jacobian = jacobian;
        this.weights = weights;
    }

    @Override
    public Optional<Matrix> solve(RowFaces faces, Matrix right, double newDamping) {
        double[] d = Arrays.stream(weights).map(w -> w + newDamping).toArray();
        if (newDamping != damping) {
            damping = newDamping;
            gram = jacobian.gram(d).addToDiagonal(1);
        }
        Matrix diagonal = DampedSystem.ofColumns(d, right.rows());
        Matrix free = faces.inverse(right, diagonal);
        Matrix image = jacobian.times(free);
        Matrix column = new Matrix(image.values().length, 1, image.values());
        return Lapack.cholesky(along(faces, d)).map(factor -> {
            double[] y = factor.solve(column).values();
            Matrix back = jacobian.transposeTimes(new Matrix(image.rows(), image.cols(), y));
            return free.plus(-1, faces.inverse(back, diagonal));
        });
    }

    private Matrix along(RowFaces faces, double[] d) {
        Matrix sum = gram.copy();
        if (!faces.isEmpty()) {
            Matrix lost = jacobian.lost(faces, d);
            Matrix negative = Matrix.zeros(lost.rows(), lost.cols()).add(-1, lost);
            Lapack.addTimesTranspose(negative, lost, lost.cols(), sum);
        }
        return sum;
    }
}
