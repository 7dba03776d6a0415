package org.implicitdl.wellposed;

import java.util.Locale;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;

/** Lλmax((A + Aᵀ)/2) < 1, for φ that is componentwise, nondecreasing and L-Lipschitz. */
final class MonotoneCriterion {
    private static final int POWER_STEPS = 10;

    private MonotoneCriterion() {}

    static Finding test(LinearOperator a, Activation phi) {
        return inapplicable(a, phi).orElseGet(() -> exact(a, phi.lipschitz()));
    }

    /**
     * As {@link #test}, but by a bound of λmax that a Cholesky factorization proves, at most halfway from it to 1/L unless
     * that cannot be proven, and by an estimate of the distance, on which the proof does not rest.
     */
    static Finding prove(LinearOperator a, Activation phi) {
        return inapplicable(a, phi).orElseGet(() -> proven(a, phi.lipschitz()));
    }

    private static Optional<Finding> inapplicable(LinearOperator a, Activation phi) {
        ActivationTraits traits = ActivationTraits.of(phi, a.rows());
        if (!traits.nondecreasing()) {
            return Optional.of(
                    Finding.none(Condition.MONOTONE, "needs a componentwise nondecreasing φ, but this one is not"));
        }
        if (Double.isInfinite(traits.lipschitz())) {
            return Optional.of(Finding.none(Condition.MONOTONE, Reasons.NOT_LIPSCHITZ));
        }
        return a.rows() > Criterion.DENSE_LIMIT
                ? Optional.of(Finding.none(Condition.MONOTONE, Reasons.tooLarge(a, Criterion.DENSE_LIMIT)))
                : Optional.empty();
    }

    private static Finding exact(LinearOperator a, double lipschitz) {
        Matrix dense = Matrix.copyOf(a);
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

    private static Finding proven(LinearOperator a, double lipschitz) {
        Matrix dense = Matrix.copyOf(a);
        Matrix part = symmetricPart(dense);
        double size = part.frobeniusNorm();
        double trace = 0;
        for (int i = 0; i < part.rows(); i++) {
            trace += Math.abs(part.get(i, i));
        }
        double limit = (1 - Rounding.slack(a.rows())) / lipschitz;
        double least = PowerMethod.largestEigenvalue(part, 2 * size / Math.sqrt(part.rows()), POWER_STEPS);
        for (double eigenvalue : new double[] {0.5 * (least + limit), limit}) {
            if (least < eigenvalue && PositiveDefinite.isProven(eigenvalue, -1, part, trace + size)) {
                double distance = SpectralNormStep.estimate(identityMinus(lipschitz, dense), POWER_STEPS);
                return Finding.of(new MonotoneCertificate(a.rows(), eigenvalue, lipschitz, distance));
            }
        }
        return Finding.none(
                Condition.MONOTONE,
                String.format(
                        Locale.ROOT,
                        "λmax((A + Aᵀ)/2) is at least %.6g, and could not be shown to be below 1/L = %.6g",
                        least,
                        1 / lipschitz));
    }

    private static Matrix symmetricPart(Matrix a) {
        Matrix part = a.transpose();
        for (int i = 0; i < part.values().length; i++) {
            part.values()[i] = 0.5 * part.values()[i] + 0.5 * a.values()[i];
        }
        return part;
    }

    /** I − factor·A. */
    static Matrix identityMinus(double factor, Matrix a) {
        Matrix difference = Matrix.identity(a.rows());
        for (int i = 0; i < difference.values().length; i++) {
            difference.values()[i] -= factor * a.values()[i];
        }
        return difference;
    }
}
