package org.implicitdl.wellposed;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices with ‖A‖₁ ≤ κ: every column lies in the ℓ₁ ball of radius κ.
 *
 * @param kappa the radius κ; below 1/L for well-posedness
 */
public record ColumnL1Ball(double kappa) implements ConvexSet {

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public ColumnL1Ball {
        SetArguments.radius(kappa);
    }

    @Override
    public boolean contains(INDArray a) {
        SetArguments.matrix(a);
        return new RowL1Ball(kappa).contains(a.transpose());
    }

    @Override
    public boolean enforce(INDArray a) {
        SetArguments.matrix(a);
        return new RowL1Ball(kappa).enforce(a.transpose());
    }

    /**
     * The projection of a matrix in a plain array, as a copy.
     *
     * @throws NonFiniteException if a column that is not in the ball holds a NaN or an infinite number
     */
    public Matrix project(Matrix a) {
        Matrix projected = a.copy();
        double[] values = projected.values();
        L1Projection projection = L1Projection.into(kappa, 0x1p-53, a.rows());
        for (int from = 0; from < values.length; from += a.rows()) {
            int to = from + a.rows();
            double norm = 0;
            for (int i = from; i < to; i++) {
                norm += Math.abs(values[i]);
            }
            if (norm > kappa && norm < Double.POSITIVE_INFINITY) {
                projection.project(values, from, to, norm);
            } else if (!(norm <= kappa)) {
                projectHuge(projection, values, from, to);
            }
        }
        return projected;
    }

    private static void projectHuge(L1Projection projection, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(values[i])) {
                throw new NonFiniteException("The matrix must hold finite numbers, but entry (" + (i - from) + ", "
                        + from / (to - from) + ") is " + values[i] + "; look at where it was computed or read.");
            }
        }
        projection.project(values, from, to, Double.MAX_VALUE);
    }
}
