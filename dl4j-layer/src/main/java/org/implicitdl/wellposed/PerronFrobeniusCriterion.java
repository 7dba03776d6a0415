package org.implicitdl.wellposed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;

/**
 * Lρ(|A|) < 1, for componentwise φ: there is a scaling s > 0 with L|A|s < s, so that the map contracts in the norm
 * maxᵢ|xᵢ|/sᵢ.
 *
 * <p>s = (I − L|A|/τ)⁻¹1 is such a scaling for every τ between Lρ(|A|) and 1, for reducible matrices too, since L|A|s =
 * τ(s − 1). Its Neumann series is summed term by term, then, for matrices that are not too large, by repeated squaring,
 * for several τ, until a partial sum itself passes the row check; a few steps of the power method then lower the rate
 * towards Lρ(|A|).
 */
final class PerronFrobeniusCriterion {
    private static final double[] TAUS = {0.9, 0.99, 0.999, 0.9999, 0.99999, 0.9999999};
    private static final int TERMS = 64;
    private static final int SQUARINGS = 24;
    private static final double LARGEST = 1e140;
    private static final int POLISHING_STEPS = 30;

    private final ScaledRowSums sums;
    private final double lipschitz;
    private double lower;
    private double upper = Double.POSITIVE_INFINITY;

    private PerronFrobeniusCriterion(ScaledRowSums sums, double lipschitz) {
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
        return new PerronFrobeniusCriterion(new ScaledRowSums(a), lipschitz).search(a);
    }

    private Finding search(LinearOperator a) {
        Optional<double[]> scaling = sumTerms(a.rows());
        if (scaling.isEmpty() && lower < 1 && a.rows() <= Criterion.DENSE_LIMIT) {
            scaling = sumBySquaring(Matrix.copyOf(a));
        }
        double[] s = scaling.orElseGet(() -> ones(a.rows()));
        if (scaling.isPresent()) {
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
    private Optional<double[]> sumTerms(int n) {
        for (double tau : TAUS) {
            double[] s = ones(n);
            for (int k = 0; k < TERMS; k++) {
                double[] product = times(s);
                if (passes(product, s)) {
                    return Optional.of(s);
                }
                if (lower >= 1 || max(s) > LARGEST) {
                    break;
                }
                for (int i = 0; i < n; i++) {
                    s[i] = 1 + product[i] / tau;
                }
            }
        }
        return Optional.empty();
    }

    /** Doubles the number of terms with every squaring of (L|A|)^(2^k), which the series for all τ share. */
    private Optional<double[]> sumBySquaring(Matrix a) {
        int n = a.rows();
        Matrix power = a;
        for (int i = 0; i < power.values().length; i++) {
            power.values()[i] = lipschitz * Math.abs(power.values()[i]);
        }
        double[][] sums = new double[TAUS.length][];
        Arrays.setAll(sums, t -> ones(n));
        double[] scales = Arrays.stream(TAUS).map(tau -> 1 / tau).toArray();
        for (int k = 0; k < SQUARINGS && lower < 1 && power.maxAbs() < LARGEST; k++) {
            for (int t = 0; t < TAUS.length; t++) {
                double[] s = sums[t];
                if (max(s) > LARGEST) {
                    continue;
                }
                double[] tail = Lapack.times(power, new Matrix(n, 1, s)).values();
                for (int i = 0; i < n; i++) {
                    s[i] += scales[t] * tail[i];
                }
                scales[t] *= scales[t];
                if (max(s) <= LARGEST && passes(times(s), s)) {
                    return Optional.of(s);
                }
            }
            power = Lapack.times(power, power);
        }
        return Optional.empty();
    }

    /** The row check, whose quotients enclose Lρ(|A|) as well. */
    private boolean passes(double[] product, double[] s) {
        double largest = ScaledRowSums.largest(product, s);
        upper = Math.min(upper, largest);
        lower = Math.max(lower, ScaledRowSums.smallest(product, s));
        return largest < 1 - 4 * Rounding.slack(s.length);
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
            double largest = max(candidate);
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

    private static double max(double[] s) {
        return Arrays.stream(s).max().orElseThrow();
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private double[] times(double[] s) {
        double[] product = sums.times(s);
        for (int i = 0; i < product.length; i++) {
            product[i] *= lipschitz;
        }
        return product;
    }
}
