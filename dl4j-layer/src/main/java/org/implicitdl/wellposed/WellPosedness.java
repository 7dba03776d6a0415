package org.implicitdl.wellposed;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;

/**
 * The Well-Posedness Property of §3: whether x = φ(Ax + b) has exactly one solution for every b. No tractable test
 * decides it; these find certificates of the sufficient conditions in {@link Condition}, or say that none was found.
 */
public final class WellPosedness {
    /** The cheap ones first. Rank one is left out: Perron–Frobenius says as much. */
    private static final List<Criterion> IRREDUCIBLE = List.of(
            NormCriterion::inf,
            NormCriterion::one,
            PerronFrobeniusCriterion::test,
            NormCriterion::two,
            LyapunovCriterion::test,
            MonotoneCriterion::test);

    private static final Criterion TRIANGULAR = new CompositionCriterion(
            Condition.TRIANGULAR,
            (a, phi) -> Finding.none(
                    Condition.TRIANGULAR,
                    phi.isComponentwise()
                            ? a.rows() + " states depend on each other in a cycle"
                            : "φ mixes states that depend on each other"));

    private static final Criterion BLOCK_TRIANGULAR =
            new CompositionCriterion(Condition.BLOCK_TRIANGULAR, WellPosedness::firstOfIrreducible);

    private static final List<Criterion> ALL = List.of(
            TRIANGULAR,
            NormCriterion::inf,
            NormCriterion::one,
            NormCriterion::two,
            RankOneCriterion::test,
            PerronFrobeniusCriterion::test,
            LyapunovCriterion::test,
            WellPosedness::dividedOnly,
            MonotoneCriterion::test);

    private WellPosedness() {}

    /**
     * The first certificate that is found, cheap tests first; structure before norms, since it is solved faster.
     *
     * @param a [n, n]
     * @param phi an activation map of n states
     * @throws IllPosedException if none is found, with the value that failed for every condition
     * @throws ShapeException if A is not square
     * @throws NonFiniteException if A holds a NaN or an infinite number
     */
    public static Certificate certify(LinearOperator a, Activation phi) {
        return find(a, phi).orElseGet(() -> assess(a, phi).orElseThrow());
    }

    /** The first certificate that is found, as {@link #certify} does; empty if there is none. */
    public static Optional<Certificate> find(LinearOperator a, Activation phi) {
        check(a);
        // A block operator is divided along its blocks even if a norm holds: one pass beats an iteration.
        List<Criterion> tests = a instanceof BlockOperator
                ? List.of(TRIANGULAR, BLOCK_TRIANGULAR)
                : List.of(TRIANGULAR, NormCriterion::inf, NormCriterion::one, BLOCK_TRIANGULAR);
        return first(tests, a, phi).certificate();
    }

    /**
     * The result of one test, as cheaply as a proof can be had: what a layer asks of every new A.
     *
     * <p>For NORM_INF and NORM_1 that is one pass over A. For NORM_2 and MONOTONE it is a Cholesky factorization (order
     * n³, but a tenth of the time of the eigenvalues that {@link #assess} takes), or less where a cheaper bound settles it;
     * the norm or eigenvalue in the certificate is then a proven upper bound.
     *
     * @param condition the condition to test
     * @param a [n, n]
     * @param phi an activation map of n states
     * @throws ShapeException if A is not square
     * @throws NonFiniteException if A holds a NaN or an infinite number
     */
    public static Finding test(Condition condition, LinearOperator a, Activation phi) {
        check(a);
        Criterion criterion = switch (condition) {
            case TRIANGULAR -> TRIANGULAR;
            case NORM_INF -> NormCriterion::inf;
            case NORM_1 -> NormCriterion::one;
            case NORM_2 -> NormCriterion::twoProven;
            case RANK_ONE -> RankOneCriterion::test;
            case PERRON_FROBENIUS -> PerronFrobeniusCriterion::test;
            case LYAPUNOV -> LyapunovCriterion::test;
            case BLOCK_TRIANGULAR -> WellPosedness::dividedOnly;
            case MONOTONE -> MonotoneCriterion::prove;
        };
        return criterion.test(a, phi);
    }

    /**
     * The result of every test.
     *
     * @param a [n, n]
     * @param phi an activation map of n states
     * @throws ShapeException if A is not square
     * @throws NonFiniteException if A holds a NaN or an infinite number
     */
    public static Assessment assess(LinearOperator a, Activation phi) {
        check(a);
        return new Assessment(a, ALL.stream().map(test -> test.test(a, phi)).toList());
    }

    private static Finding firstOfIrreducible(LinearOperator a, Activation phi) {
        return first(IRREDUCIBLE, a, phi);
    }

    private static Finding first(List<Criterion> tests, LinearOperator a, Activation phi) {
        StringJoiner reasons = new StringJoiner("; ");
        Condition last = null;
        for (Criterion test : tests) {
            Finding finding = test.test(a, phi);
            if (finding.certificate().isPresent()) {
                return finding;
            }
            reasons.add(finding.toString());
            last = finding.condition();
        }
        return Finding.none(last, reasons.toString());
    }

    /** Theorem 1 where there is something to compose. */
    private static Finding dividedOnly(LinearOperator a, Activation phi) {
        Finding finding = BLOCK_TRIANGULAR.test(a, phi);
        Condition found = finding.certificate().map(Certificate::condition).orElse(finding.condition());
        if (found == Condition.BLOCK_TRIANGULAR) {
            return finding;
        }
        return Finding.none(
                Condition.BLOCK_TRIANGULAR,
                found == Condition.TRIANGULAR
                        ? "nothing to compose: A is triangular"
                        : "nothing to compose: all states depend on each other, or φ mixes them");
    }

    private static void check(LinearOperator a) {
        if (a.rows() != a.cols()) {
            throw new ShapeException("Well-posedness is a property of square matrices, but A is " + a + ".");
        }
        // The operators refuse such entries themselves; a sum that overflows is no NaN.
        for (double sum : a.absoluteRowSums()) {
            if (Double.isNaN(sum)) {
                throw new NonFiniteException("The matrix A must hold finite numbers, but " + a
                        + " has a NaN; look at where it was computed.");
            }
        }
    }
}
