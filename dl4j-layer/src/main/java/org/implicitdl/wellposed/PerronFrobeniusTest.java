package org.implicitdl.wellposed;

import java.util.Arrays;
import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Lρ(|A|) < 1, for componentwise φ: there is a scaling s > 0 with L|A|s < s, so that the map contracts in the norm
 * maxᵢ|xᵢ|/sᵢ.
 *
 * <p>s = (I − L|A|)⁻¹1 is such a scaling whenever there is one, for reducible matrices too. Its Neumann series is summed
 * term by term, then, for matrices that are not too large, by repeated squaring, until the partial sum itself passes the
 * row check; a few steps of the power method then lower the rate towards Lρ(|A|).
 */
final class PerronFrobeniusTest {
    private static final int TERMS = 64;
    private static final int SQUARINGS = 24;
    private static final int POLISHING_STEPS = 30;

    private final ScaledRowSums sums;
    private final double lipschitz;
    private double lower;
    private double upper = Double.POSITIVE_INFINITY;

    private PerronFrobeniusTest(ScaledRowSums sums, double lipschitz) {
        this.sums = sums;
        this.lipschitz = lipschitz;
    }

    static Finding test(LinearOperator a, Activation phi) {
        if (!phi.isComponentwise()) {
            return Finding.none(Condition.PERRON_FROBENIUS, Reasons.NOT_COMPONENTWISE);
        }
        double lipschitz = phi.lipschitz();
        if (Double.isInfinite(lipschitz)) {
            return Finding.none(Condition.PERRON_FROBENIUS, Reasons.NOT_LIPSCHITZ);
        }
        return new PerronFrobeniusTest(new ScaledRowSums(a), lipschitz).search(a);
    }

    private Finding search(LinearOperator a) {
        double[] s = new double[a.rows()];
        Arrays.fill(s, 1);
        boolean found = sumTerms(s);
        if (!found && lower < 1 && a.rows() <= ConditionTest.DENSE_LIMIT) {
            found = sumBySquaring(Matrix.copyOf(a.toDense(DataType.DOUBLE)), s);
        }
        if (found) {
            polish(s);
        }
        return sums.certify(
                Condition.PERRON_FROBENIUS,
                s,
                lipschitz,
                String.format(
                        Locale.ROOT,
                        "Lρ(|A|) lies between %.6g and %.6g, and could not be shown to be below 1",
                        lower,
                        upper));
    }

    /** Adds terms of the series to s until L|A|s < s. */
    private boolean sumTerms(double[] s) {
        for (int k = 0; k < TERMS; k++) {
            double[] next = times(s);
            if (isFinished(next, s)) {
                return upper < 1;
            }
            for (int i = 0; i < s.length; i++) {
                s[i] = 1 + next[i];
            }
        }
        return false;
    }

    /** Doubles the number of terms in s with every squaring of (L|A|)^(2^k). */
    private boolean sumBySquaring(Matrix power, double[] s) {
        double[] values = power.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = lipschitz * Math.abs(values[i]);
        }
        Arrays.fill(s, 1);
        for (int k = 0; k < SQUARINGS; k++) {
            double[] tail = Lapack.times(power, new Matrix(s.length, 1, s)).values();
            for (int i = 0; i < s.length; i++) {
                s[i] += tail[i];
            }
            if (isFinished(times(s), s)) {
                return upper < 1;
            }
            power = Lapack.times(power, power);
        }
        return false;
    }

    /** Whether the question is settled: by the row check, by the lower bound of ρ, or by overflow. */
    private boolean isFinished(double[] product, double[] s) {
        upper = Math.min(upper, ScaledRowSums.largest(product, s));
        lower = Math.max(lower, ScaledRowSums.smallest(product, s));
        double largest = Arrays.stream(s).max().orElseThrow();
        return upper < 1 - 4 * Rounding.slack(s.length) || lower >= 1 || largest > 1e140;
    }

    /** The quotients of (L|A| + cI)s are never above those of s, since the two matrices commute. */
    private void polish(double[] s) {
        double[] next = times(s);
        for (int k = 0; k < POLISHING_STEPS; k++) {
            double rate = ScaledRowSums.largest(next, s);
            double[] candidate = new double[s.length];
            for (int i = 0; i < s.length; i++) {
                candidate[i] = next[i] + 0.5 * rate * s[i];
            }
            double largest = Arrays.stream(candidate).max().orElseThrow();
            if (largest == 0) {
                return;
            }
            for (int i = 0; i < s.length; i++) {
                candidate[i] = Math.max(candidate[i] / largest, 0x1p-900);
            }
            next = times(candidate);
            double better = ScaledRowSums.largest(next, candidate);
            if (better < rate) {
                System.arraycopy(candidate, 0, s, 0, s.length);
            }
            if (better > rate * (1 - 1e-4)) {
                return;
            }
        }
    }

    private double[] times(double[] s) {
        double[] product = sums.times(s);
        for (int i = 0; i < product.length; i++) {
            product[i] *= lipschitz;
        }
        return product;
    }
}
