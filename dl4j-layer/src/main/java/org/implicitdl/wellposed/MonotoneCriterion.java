package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;

/** Lλmax((A + Aᵀ)/2) < 1, for φ that is componentwise, nondecreasing and L-Lipschitz. */
final class MonotoneCriterion {
    private MonotoneCriterion() {}

    static Finding test(LinearOperator a, Activation phi) {
        ActivationTraits traits = ActivationTraits.of(phi, a.rows());
        if (!traits.nondecreasing()) {
            return Finding.none(Condition.MONOTONE, "needs a componentwise nondecreasing φ, but this one is not");
        }
        double lipschitz = traits.lipschitz();
        if (Double.isInfinite(lipschitz)) {
            return Finding.none(Condition.MONOTONE, Reasons.NOT_LIPSCHITZ);
        }
        if (a.rows() > Criterion.DENSE_LIMIT) {
            return Finding.none(Condition.MONOTONE, Reasons.tooLarge(a, Criterion.DENSE_LIMIT));
        }
        Matrix dense = Matrix.copyOf(a.toDense(DataType.DOUBLE));
        double[] eigenvalues = Lapack.symmetricEigenvalues(symmetricPart(dense));
        double largest = eigenvalues[eigenvalues.length - 1];
        // Eigenvalues are accurate relative to the norm, not to the largest of them.
        double spread = Math.max(Math.abs(eigenvalues[0]), Math.abs(largest));
        if (lipschitz * largest < 1 - Rounding.slack(a.rows()) * (1 + lipschitz * spread)) {
            double distance = SpectralNorm.of(identityMinus(lipschitz, dense));
            return Finding.of(new MonotoneCertificate(a.rows(), largest, lipschitz, distance));
        }
        return Finding.none(
                Condition.MONOTONE,
                String.format(
                        Locale.ROOT, "λmax((A + Aᵀ)/2) is %.6g, but must be below 1/L = %.6g", largest, 1 / lipschitz));
    }

    private static Matrix symmetricPart(Matrix a) {
        Matrix part = a.transpose();
        for (int i = 0; i < part.values().length; i++) {
            part.values()[i] = 0.5 * part.values()[i] + 0.5 * a.values()[i];
        }
        return part;
    }

    private static Matrix identityMinus(double factor, Matrix a) {
        Matrix difference = Matrix.identity(a.rows());
        for (int i = 0; i < difference.values().length; i++) {
            difference.values()[i] -= factor * a.values()[i];
        }
        return difference;
    }
}
