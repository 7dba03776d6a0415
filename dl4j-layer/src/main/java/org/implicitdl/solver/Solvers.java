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
    private static final int FEWEST = 100;
    private static final int MOST = 1_000_000;

    private Solvers() {}

    /** {@link #forCertificate(Certificate, StoppingRule)} with the default tolerance. */
    public static FixedPointSolver forCertificate(Certificate certificate) {
        return forCertificate(certificate, StoppingRule.withDefaults());
    }

    /**
     * Back-substitution for triangular and block triangular matrices, with a solver for each diagonal block by its own
     * certificate; Picard for contractions; Peaceman–Rachford splitting where the matrix is only monotone. All are proven
     * to converge in exact arithmetic.
     *
     * @param rule the tolerance; the limits of iterations and of growth are raised where the certificate says how far
     */
    public static FixedPointSolver forCertificate(Certificate certificate, StoppingRule rule) {
        if (certificate instanceof TriangularCertificate triangular) {
            return TriangularSubstitution.of(triangular, rule);
        }
        if (certificate instanceof CompositionCertificate composition) {
            return BackSubstitution.of(composition, rule);
        }
        if (certificate instanceof ContractionCertificate contraction) {
            return PicardSolver.with(raised(rule, contraction.rate()).withGrowthLimit(Double.MAX_VALUE));
        }
        MonotoneCertificate monotone = (MonotoneCertificate) certificate;
        return PeacemanRachfordSolver.of(
                monotone, raised(rule, PeacemanRachfordSolver.rate(monotone)).withGrowthLimit(Double.MAX_VALUE));
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
        double perStep = -Math.log(rate);
        double needed = (Math.log(1e10) - Math.log(rule.tolerance(DataType.DOUBLE))) / perStep;
        int limit = (int) Math.max(FEWEST, Math.min(MOST, Math.ceil(needed)));
        return rule.withIterationLimit(Math.max(limit, rule.iterationLimit()));
    }
}
