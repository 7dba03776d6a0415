package org.implicitdl.wellposed;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices with ‖A‖₂ ≤ κ: no singular value exceeds κ. The projection clips those that do, to a value smaller than κ
 * by no more than what storing the result in the data type may change, and what a proof of ‖A‖₂ < κ by Cholesky
 * factorization needs (at n = 512 1e-9 of κ).
 *
 * <p>Most matrices inside are recognized by their row and column sums or by such a proof. Of those outside, only the
 * singular triplets beyond κ are computed, as eigenvectors of AᵀA: P = A − ∑(1 − κ/σₖ)Avₖvₖᵀ, which is accurate to about
 * 1e-16·n(‖A‖₂/κ)²‖A‖₂. Where that would be too little, at norms beyond 4κ, it is done by the singular value decomposition.
 *
 * @param kappa the radius κ; below 1/L for well-posedness
 */
public record SpectralBall(double kappa) implements ConvexSet {
    /** How far outside, relative to κ, a matrix may lie for squared singular values to be accurate. */
    private static final double NEAR = 4;

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public SpectralBall {
        SetArguments.radius(kappa);
    }

    @Override
    public boolean contains(INDArray a) {
        SetArguments.matrix(a);
        Matrix matrix = Matrix.copyOf(a);
        try {
            return isProvenInside(matrix) || SpectralNorm.of(matrix) <= kappa;
        } catch (NonFiniteException notFinite) {
            return false;
        }
    }

    @Override
    public boolean enforce(INDArray a) {
        SetArguments.finiteMatrix(a);
        Matrix matrix = Matrix.copyOf(a);
        if (SpectralBound.quick(matrix) <= kappa) {
            return false;
        }
        SpectralBound bound = SpectralBound.of(matrix);
        if (bound.isBelow(kappa)) {
            return false;
        }
        Lapack.Eigenpairs beyond = bound.singularValuesAbove(kappa);
        int count = beyond.values().length;
        if (count == 0) {
            return false;
        }
        // ‖E‖₂ ≤ ‖E‖_F ≤ unit·‖P‖_F ≤ unit·√k·κ for the error E of storing P.
        double storing = 2 * SetArguments.unit(a) * Math.sqrt(Math.min(matrix.rows(), matrix.cols()));
        double proving = 2 * SpectralBound.resolution(matrix.rows(), matrix.cols());
        double radius = kappa * (1 - storing - proving);
        INDArray projected = beyond.values()[count - 1] <= NEAR * kappa
                ? clip(matrix, beyond, radius).toArray(a.dataType())
                : clipAll(matrix, radius).toArray(a.dataType());
        // Should eigenvectors of a cluster not be orthogonal enough.
        a.assign(contains(projected) ? projected : clipAll(matrix, radius).toArray(a.dataType()));
        return true;
    }

    private boolean isProvenInside(Matrix a) {
        return SpectralBound.quick(a) <= kappa || SpectralBound.of(a).isBelow(kappa);
    }

    /** A − U diag(1 − radius/σ) UᵀA, for the left singular vectors; those of Aᵀ if that is wider. */
    private static Matrix clip(Matrix a, Lapack.Eigenpairs beyond, double radius) {
        if (a.rows() > a.cols()) {
            return clip(a.transpose(), beyond, radius).transpose();
        }
        Matrix u = beyond.vectors();
        Matrix parts = Lapack.transposeTimes(u, a);
        Matrix scaled = u.copy();
        for (int k = 0; k < u.cols(); k++) {
            double share = 1 - radius / beyond.values()[k];
            for (int i = 0; i < u.rows(); i++) {
                scaled.set(i, k, share * u.get(i, k));
            }
        }
        Matrix clipped = Lapack.times(scaled, parts);
        for (int i = 0; i < clipped.values().length; i++) {
            clipped.values()[i] = a.values()[i] - clipped.values()[i];
        }
        return clipped;
    }

    private static Matrix clipAll(Matrix a, double radius) {
        Lapack.Svd svd = Lapack.svd(a);
        Matrix left = svd.u().copy();
        for (int k = 0; k < left.cols(); k++) {
            double clipped = Math.min(svd.singularValues()[k], radius);
            for (int i = 0; i < left.rows(); i++) {
                left.set(i, k, left.get(i, k) * clipped);
            }
        }
        return Lapack.times(left, svd.vt());
    }
}
