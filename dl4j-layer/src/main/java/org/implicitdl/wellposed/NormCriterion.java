package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.WeightedNorm.Exponent;
import org.nd4j.linalg.api.buffer.DataType;

/** The conditions L‖A‖ < 1 in the norms (2), for every φ that is L-Lipschitz, componentwise or not. */
final class NormCriterion {
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
        double norm = SpectralNorm.of(Matrix.copyOf(a.toDense(DataType.DOUBLE)));
        return finding(Condition.NORM_2, Exponent.TWO, a, phi, norm);
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
