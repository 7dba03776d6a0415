package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices with ‖A‖₂ ≤ κ: no singular value exceeds κ. The projection clips those that do, to a value smaller than κ
 * by no more than what storing the result in the data type may change.
 *
 * @param kappa the radius κ; below 1/L for well-posedness
 */
public record SpectralBall(double kappa) implements ConvexSet {

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public SpectralBall {
        SetArguments.radius(kappa);
    }

    @Override
    public boolean contains(INDArray a) {
        SetArguments.matrix(a);
        try {
            return Lapack.svd(Matrix.copyOf(a)).singularValues()[0] <= kappa;
        } catch (NonFiniteException notFinite) {
            return false;
        }
    }

    @Override
    public INDArray project(INDArray a) {
        SetArguments.finiteMatrix(a);
        Matrix matrix = Matrix.copyOf(a);
        Lapack.Svd svd = Lapack.svd(matrix);
        double[] sigma = svd.singularValues();
        if (sigma[0] <= kappa) {
            return a.dup('f');
        }
        // ‖E‖₂ ≤ ‖E‖_F ≤ unit·‖P‖_F ≤ unit·√k·κ for the error E of storing P.
        double storing = 2 * SetArguments.unit(a) * Math.sqrt(sigma.length);
        double radius = kappa * (1 - storing - 4 * Rounding.slack(Math.max(matrix.rows(), matrix.cols())));
        Matrix left = svd.u().copy();
        for (int k = 0; k < sigma.length; k++) {
            double clipped = Math.min(sigma[k], radius);
            for (int i = 0; i < matrix.rows(); i++) {
                left.set(i, k, left.get(i, k) * clipped);
            }
        }
        return Lapack.times(left, svd.vt()).toArray(a.dataType());
    }
}
