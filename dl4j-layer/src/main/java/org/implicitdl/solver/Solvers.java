package org.implicitdl.solver;

import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.CompositionCertificate;
import org.implicitdl.wellposed.ContractionCertificate;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.implicitdl.wellposed.TriangularCertificate;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;

/** The solver that a certificate proves to work. */
public final class Solvers {
    private static final int MOST = 20_000;

    /** The rate below which Picard's steps are few enough in any case. */
    private static final double SURELY_FAST = 0.5;

    private static final int PICARD_STEPS = 16;
    private static final int ANDERSON_STEPS = 200;

    private Solvers() {}

    /** {@link #forCertificate(Certificate, StoppingRule)} with the default tolerance. */
    public static FixedPointSolver forCertificate(Certificate certificate) {
        return forCertificate(certificate, StoppingRule.withDefaults());
    }

    /**
     * The automatic choice, as a chain in which each solver takes the samples that those before it did not solve:
     *
     * <ul>
     *   <li>triangular and block triangular matrices: back-substitution, with this choice for each diagonal block by its
     *       own certificate;
     *   <li>contractions: {@value #PICARD_STEPS} steps of Picard, which suffice where A is smaller than its norm tells;
     *       Anderson; Newton; and Picard to the limit that the rate of contraction calls for;
     *   <li>matrices that are monotone only: Peaceman–Rachford splitting and Newton, first the one that takes fewer
     *       operations.
     * </ul>
     *
     * <p>Back-substitution, the last Picard and the splitting are proven to converge in exact arithmetic.
     *
     * @param rule the tolerance; a limit of iterations that it says holds for each solver of the chain, and the default
     *     is raised where the certificate says how far
     */
    public static FixedPointSolver forCertificate(Certificate certificate, StoppingRule rule) {
        if (certificate instanceof TriangularCertificate triangular) {
            return TriangularSubstitution.of(triangular, rule);
        }
        if (certificate instanceof CompositionCertificate composition) {
            return BackSubstitution.of(composition, rule);
        }
        if (certificate instanceof ContractionCertificate contraction) {
            return forContraction(contraction.rate(), rule);
        }
        return forMonotone((MonotoneCertificate) certificate, rule);
    }

    private static FixedPointSolver forContraction(double rate, StoppingRule rule) {
        FixedPointSolver proven = PicardSolver.with(raised(rule, rate).withGrowthLimit(Double.MAX_VALUE));
        if (rate < SURELY_FAST) {
            return proven;
        }
        return SolverChain.of(
                PicardSolver.with(shortened(rule, PICARD_STEPS).withGrowthLimit(Double.MAX_VALUE)),
                AndersonSolver.with(shortened(rule, ANDERSON_STEPS).withGrowthLimit(Double.MAX_VALUE)),
                NewtonSolver.with(rule),
                proven);
    }

    private static FixedPointSolver forMonotone(MonotoneCertificate monotone, StoppingRule rule) {
        StoppingRule enough =
                raised(rule, PeacemanRachfordSolver.rate(monotone)).withGrowthLimit(Double.MAX_VALUE);
        FixedPointSolver proven = PeacemanRachfordSolver.of(monotone, enough);
        FixedPointSolver newton = NewtonSolver.with(rule);
        // Some six factorizations of ⅔n³ operations for each sample, against 4n² for each step of the splitting.
        return monotone.states() < needed(rule, PeacemanRachfordSolver.rate(monotone))
                ? SolverChain.of(newton, proven)
                : SolverChain.of(proven, newton);
    }

    /**
     * The solver for a problem, by the first certificate that is found.
     *
     * @throws org.implicitdl.wellposed.IllPosedException if none is found
     */
    public static FixedPointSolver forProblem(FixedPointProblem problem) {
        return forCertificate(WellPosedness.certify(problem.a(), problem.phi()));
    }

    /** A limit that reaches the tolerance at the given rate from a residual of up to 1e10 or so. */
    private static StoppingRule raised(StoppingRule rule, double rate) {
        return rule.raisedTo((int) Math.min(MOST, needed(rule, rate)));
    }

    private static double needed(StoppingRule rule, double rate) {
        double perStep = -Math.log(rate);
        return Math.ceil((Math.log(1e10) - Math.log(rule.tolerance(DataType.DOUBLE))) / perStep);
    }

    private static StoppingRule shortened(StoppingRule rule, int limit) {
        return rule.withIterationLimit(Math.min(limit, rule.iterationLimit()));
    }
}
