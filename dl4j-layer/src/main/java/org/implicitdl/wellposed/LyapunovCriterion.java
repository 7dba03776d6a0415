package org.implicitdl.wellposed;

import java.util.Arrays;
import java.util.Locale;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;

/**
 * S − L²AᵀSA ≻ 0 for a diagonal S = D² ≻ 0 (§3.2), which says L‖DAD⁻¹‖₂ < 1: for componentwise φ the map contracts in the
 * norm ‖Dx‖₂.
 *
 * <p>log ‖DAD⁻¹‖₂ is convex in log D, with the subgradient uᵢ² − vᵢ² in terms of the first singular vectors. The search
 * balances rows and columns, then takes subgradient steps of Polyak's length; its result is verified by a Cholesky
 * factorization. Failing to find an S proves nothing.
 */
final class LyapunovCriterion {
    private static final int LIMIT = 512;
    private static final int BALANCING_SWEEPS = 8;
    private static final int STEPS = 120;
    private static final int POWER_STEPS = 12;

    private final Matrix a;
    private final int n;
    private final double lipschitz;
    private final double[] logD;

    private LyapunovCriterion(Matrix a, double lipschitz) {
        this.a = a;
        this.n = a.rows();
        this.lipschitz = lipschitz;
        this.logD = new double[n];
    }

    static Finding test(LinearOperator a, Activation phi) {
        if (!phi.isComponentwise()) {
            return Finding.none(Condition.LYAPUNOV, Reasons.NOT_COMPONENTWISE);
        }
        double lipschitz = phi.lipschitz();
        if (Double.isInfinite(lipschitz)) {
            return Finding.none(Condition.LYAPUNOV, Reasons.NOT_LIPSCHITZ);
        }
        if (a.rows() > LIMIT) {
            return Finding.none(Condition.LYAPUNOV, Reasons.tooLarge(a, LIMIT));
        }
        return new LyapunovCriterion(Matrix.copyOf(a), lipschitz).search();
    }

    private Finding search() {
        double best = SpectralNorm.of(a);
        double[] bestLogD = logD.clone();
        if (!(lipschitz * best < 1 - Rounding.slack(n))) {
            balance();
            double[] v = new double[n];
            Arrays.setAll(v, i -> 1 + 0.01 * i / n);
            for (int k = 0; k < STEPS; k++) {
                Matrix scaled = scaled();
                double norm = SpectralNormStep.improve(scaled, v, POWER_STEPS);
                if (norm < best) {
                    best = norm;
                    System.arraycopy(logD, 0, bestLogD, 0, n);
                }
                if (lipschitz * norm < 0.99 || !step(scaled, v, norm)) {
                    break;
                }
            }
        }
        System.arraycopy(bestLogD, 0, logD, 0, n);
        return verify();
    }

    /** Osborne's balancing: every row of DAD⁻¹ becomes as long as the column of the same number. */
    private void balance() {
        for (int sweep = 0; sweep < BALANCING_SWEEPS; sweep++) {
            for (int i = 0; i < n; i++) {
                double row = 0;
                double col = 0;
                for (int j = 0; j < n; j++) {
                    if (j != i) {
                        row = Math.hypot(row, a.get(i, j) * Math.exp(-logD[j]));
                        col = Math.hypot(col, a.get(j, i) * Math.exp(logD[j]));
                    }
                }
                if (row > 0 && col > 0) {
                    logD[i] = clamp(0.5 * Math.log(col / row));
                }
            }
        }
    }

    /** One subgradient step towards a norm slightly below 1/L; false at a stationary point. */
    private boolean step(Matrix scaled, double[] v, double norm) {
        double[] u = Lapack.times(scaled, new Matrix(n, 1, v)).values();
        double square = 0;
        double[] gradient = new double[n];
        for (int i = 0; i < n; i++) {
            gradient[i] = u[i] * u[i] / (norm * norm) - v[i] * v[i];
            square += gradient[i] * gradient[i];
        }
        if (square < 1e-20) {
            return false;
        }
        double length = Math.log(lipschitz * norm / 0.98) / square;
        for (int i = 0; i < n; i++) {
            logD[i] = clamp(logD[i] - length * gradient[i]);
        }
        return true;
    }

    private Finding verify() {
        Matrix scaled = scaled();
        double gain = SpectralNorm.of(scaled);
        String otherwise = String.format(
                Locale.ROOT,
                "the best scaling found has L‖DAD⁻¹‖₂ = %.6g, which must be below 1; another may exist",
                lipschitz * gain);
        if (!(lipschitz * gain < 1 - 2 * Rounding.slack(n)) || !isPositiveDefinite(scaled)) {
            return Finding.none(Condition.LYAPUNOV, otherwise);
        }
        double[] weights = Arrays.stream(logD).map(Math::exp).toArray();
        WeightedNorm norm = new WeightedNorm(WeightedNorm.Exponent.TWO, weights);
        return Finding.of(new ContractionCertificate(Condition.LYAPUNOV, norm, gain, lipschitz));
    }

    /** Whether I − L²(DAD⁻¹)ᵀ(DAD⁻¹) ≻ 0 with the slack of rounding, which says S − L²AᵀSA ≻ 0. */
    private boolean isPositiveDefinite(Matrix scaled) {
        Matrix difference = Lapack.transposeTimes(scaled, scaled);
        for (int i = 0; i < difference.values().length; i++) {
            difference.values()[i] *= -lipschitz * lipschitz;
        }
        for (int i = 0; i < n; i++) {
            difference.set(i, i, difference.get(i, i) + 1 - Rounding.slack(n));
        }
        return Lapack.cholesky(difference).isPresent();
    }

    private Matrix scaled() {
        Matrix scaled = a.copy();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                scaled.set(i, j, a.get(i, j) * Math.exp(logD[i] - logD[j]));
            }
        }
        return scaled;
    }

    private static double clamp(double log) {
        return Math.max(-100, Math.min(100, log));
    }
}
