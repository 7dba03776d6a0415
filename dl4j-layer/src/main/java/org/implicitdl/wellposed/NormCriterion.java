package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.WeightedNorm.Exponent;

/** The conditions L‖A‖ < 1 in the norms (2), for every φ that is L-Lipschitz, componentwise or not. */
final class NormCriterion {
    private static final int POWER_STEPS = 10;

    private NormCriterion() {}

    static Finding one(LinearOperator a, Activation phi) {
        return finding(Condition.NORM_1, Exponent.ONE, a, phi, a.norm1());
    }

    static Finding inf(LinearOperator a, Activation phi) {
        return finding(Condition.NORM_INF, Exponent.INF, a, phi, a.normInf());
    }

    static Finding two(LinearOperator a, Activation phi) {
        if (a.rows() > Criterion.DENSE_LIMIT) {
            return Finding.none(Condition.NORM_2, Reasons.tooLarge(a, Criterion.DENSE_LIMIT));
        }
        double norm = SpectralNorm.of(Matrix.copyOf(a));
        return finding(Condition.NORM_2, Exponent.TWO, a, phi, norm);
    }

    /**
     * As {@link #two}, but by the cheapest bound of the norm that proves it: the gain of the certificate is a bound, at
     * most halfway from the norm to 1/L unless that cannot be proven.
     */
    static Finding twoProven(LinearOperator a, Activation phi) {
        if (a.rows() > Criterion.DENSE_LIMIT) {
            return Finding.none(Condition.NORM_2, Reasons.tooLarge(a, Criterion.DENSE_LIMIT));
        }
        double limit = (1 - 2 * Rounding.slack(a.rows())) / phi.lipschitz();
        Matrix dense = Matrix.copyOf(a);
        double quick = SpectralBound.quick(dense);
        if (quick == 0 || quick < limit) {
            return finding(Condition.NORM_2, Exponent.TWO, a, phi, quick);
        }
        SpectralBound bound = SpectralBound.of(dense);
        double least = bound.estimate(POWER_STEPS);
        for (double gain : new double[] {0.5 * (least + limit), limit}) {
            if (least < gain && bound.isBelow(gain)) {
                return finding(Condition.NORM_2, Exponent.TWO, a, phi, gain);
            }
        }
        return Finding.none(
                Condition.NORM_2,
                String.format(
                        Locale.ROOT,
                        "the norm is at least %.6g, and could not be shown to be below 1/L = %.6g",
                        least,
                        1 / phi.lipschitz()));
    }

    private static Finding finding(
            Condition condition, Exponent exponent, LinearOperator a, Activation phi, double norm) {
        double lipschitz = phi.lipschitz();
        if (norm == 0 || lipschitz * norm < 1 - Rounding.slack(a.rows())) {
            return Finding.of(
                    new ContractionCertificate(condition, WeightedNorm.plain(exponent, a.rows()), norm, lipschitz));
        }
        return Finding.none(
                condition,
                String.format(Locale.ROOT, "the norm is %.6g, but must be below 1/L = %.6g", norm, 1 / lipschitz));
    }
}
