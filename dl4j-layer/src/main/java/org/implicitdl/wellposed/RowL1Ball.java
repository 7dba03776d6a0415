package org.implicitdl.wellposed;

import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices with ‖A‖∞ ≤ κ (5): every row lies in the ℓ₁ ball of radius κ.
 *
 * <p>Rows outside are projected to a radius smaller than κ by no more than two roundings of the data type, so that their
 * sum stays within κ however it is evaluated in double precision.
 *
 * @param kappa the radius κ; below 1/L for well-posedness
 */
public record RowL1Ball(double kappa) implements ConvexSet {

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public RowL1Ball {
        SetArguments.radius(kappa);
    }

    @Override
    public boolean contains(INDArray a) {
        SetArguments.matrix(a);
        Matrix matrix = Matrix.copyOf(a);
        for (int i = 0; i < matrix.rows(); i++) {
            if (!(L1Projection.norm(row(matrix, i)) <= kappa)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public INDArray project(INDArray a) {
        SetArguments.finiteMatrix(a);
        Matrix matrix = Matrix.copyOf(a);
        double radius = kappa * (1 - 2 * SetArguments.unit(a) - Rounding.slack(matrix.cols()));
        boolean changed = false;
        for (int i = 0; i < matrix.rows(); i++) {
            double[] row = row(matrix, i);
            if (L1Projection.norm(row) > kappa) {
                changed = true;
                double[] projected = L1Projection.project(row, radius);
                for (int j = 0; j < projected.length; j++) {
                    matrix.set(i, j, projected[j]);
                }
            }
        }
        return changed ? matrix.toArray(a.dataType()) : a.dup('f');
    }

    private static double[] row(Matrix matrix, int i) {
        double[] row = new double[matrix.cols()];
        for (int j = 0; j < row.length; j++) {
            row[j] = matrix.get(i, j);
        }
        return row;
    }
}
