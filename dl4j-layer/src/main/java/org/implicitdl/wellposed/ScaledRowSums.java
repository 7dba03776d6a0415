package org.implicitdl.wellposed;

import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.nd4j.linalg.factory.Nd4j;

/** The quotients (|A|s)ᵢ/sᵢ for positive scalings s; the largest is ‖A‖ in the norm maxᵢ|xᵢ|/sᵢ. */
final class ScaledRowSums {
    private final LinearOperator abs;

    ScaledRowSums(LinearOperator a) {
        // A dense matrix needs no copy for it.
        this.abs = a instanceof DenseOperator ? a : a.abs();
    }

    /** |A|s. */
    double[] times(double[] s) {
        if (abs instanceof DenseOperator dense) {
            return dense.absoluteTimes(s);
        }
        return abs.times(Nd4j.createFromArray(s).reshape(s.length, 1))
                .reshape(s.length)
                .toDoubleVector();
    }

    /** maxᵢ(|A|s)ᵢ/sᵢ, an upper bound of ρ(|A|) for every s > 0 (Collatz and Wielandt). */
    static double largest(double[] product, double[] s) {
        double largest = 0;
        for (int i = 0; i < s.length; i++) {
            largest = Math.max(largest, product[i] / s[i]);
        }
        return largest;
    }

    /** minᵢ(|A|s)ᵢ/sᵢ, a lower bound of ρ(|A|) for every s > 0. */
    static double smallest(double[] product, double[] s) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < s.length; i++) {
            smallest = Math.min(smallest, product[i] / s[i]);
        }
        return smallest;
    }

    /** The contraction that a scaling proves if L maxᵢ(|A|s)ᵢ/sᵢ < 1, checked for the very numbers in s. */
    Finding certify(Condition condition, double[] s, double lipschitz, String otherwise) {
        double[] weights = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            weights[i] = 1 / s[i];
            if (!(s[i] > 0) || Double.isInfinite(s[i]) || Double.isInfinite(weights[i])) {
                return Finding.none(condition, otherwise);
            }
        }
        double gain = largest(times(s), s);
        // One more rounding in each of the quotient and the weight 1/s.
        if (!(lipschitz * gain < 1 - 2 * Rounding.slack(s.length))) {
            return Finding.none(condition, otherwise);
        }
        WeightedNorm norm = new WeightedNorm(WeightedNorm.Exponent.INF, weights);
        return Finding.of(new ContractionCertificate(condition, norm, gain, lipschitz));
    }
}
