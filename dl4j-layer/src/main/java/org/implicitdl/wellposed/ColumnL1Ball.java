package org.implicitdl.wellposed;

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
}
