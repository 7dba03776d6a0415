package org.implicitdl.wellposed;

import java.util.Locale;
import org.implicitdl.activation.Activation;

/**
 * The map x ↦ φ(Ax + b) is a contraction, by Banach's theorem (§3.1): ‖φ(Ax + b) − φ(Ax' + b)‖ ≤ L‖A‖·‖x − x'‖ with
 * L‖A‖ < 1, in the norm ‖w ⊙ ·‖.
 *
 * <p>Unit weights (the norm conditions) suit every φ with a Lipschitz constant; other weights (Perron–Frobenius: w =
 * 1/s; diagonal Lyapunov: w = √S) need a componentwise φ. The margin is 1 − L‖A‖.
 *
 * @param condition the condition that gave the norm
 * @param norm the norm in which the map contracts
 * @param gain the norm ‖A‖ that it induces, or a proven upper bound
 * @param lipschitz the Lipschitz constant L of φ
 */
public record ContractionCertificate(Condition condition, WeightedNorm norm, double gain, double lipschitz)
        implements Certificate {

    @Override
    public int states() {
        return norm.states();
    }

    /** The factor L‖A‖ < 1 by which every Picard step shrinks the distance to the solution. */
    public double rate() {
        return gain == 0 ? 0 : lipschitz * gain;
    }

    @Override
    public double margin() {
        return 1 - rate();
    }

    @Override
    public boolean holdsFor(Activation phi) {
        double other = phi.lipschitz();
        boolean contracts = gain == 0 || other * gain < 1 - Rounding.slack(states());
        return contracts && (norm.isPlain() || phi.isComponentwise());
    }

    @Override
    public boolean picardConverges() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>In the dual norm (see {@link WeightedNorm#dual()}) the transposed matrix has the norm of the matrix: ‖Aᵀ‖_* = ‖A‖.
     * A Jacobian J of φ has ‖J‖ ≤ L in each of the plain norms, so that ‖Jᵀ‖_* ≤ L; if it is diagonal, in each of the
     * weighted norms as well. Hence ‖JᵀAᵀ‖_* ≤ L‖A‖ < 1, and ψ(Aᵀ· + b) contracts at the same rate.
     *
     * <p>The condition is that of Aᵀ: ‖Aᵀ‖₁ = ‖A‖∞; the others are their own transposes, since ρ(|Aᵀ|) = ρ(|A|), Aᵀ = qpᵀ,
     * and S⁻¹ − L²AS⁻¹Aᵀ ≻ 0 if S − L²AᵀSA ≻ 0.
     */
    @Override
    public ContractionCertificate transposed() {
        Condition dual = switch (condition) {
            case NORM_INF -> Condition.NORM_1;
            case NORM_1 -> Condition.NORM_INF;
            default -> condition;
        };
        return new ContractionCertificate(dual, norm.dual(), gain, lipschitz);
    }

    @Override
    public String statement() {
        return String.format(
                Locale.ROOT,
                "%s: x ↦ φ(Ax + b) contracts in a %s norm, ‖A‖ = %.6g, rate %.6g; holds for every%s φ with a Lipschitz"
                        + " constant below %.6g",
                condition,
                norm,
                gain,
                rate(),
                norm.isPlain() ? "" : " componentwise",
                1 / gain);
    }

    @Override
    public String toString() {
        return statement();
    }
}
