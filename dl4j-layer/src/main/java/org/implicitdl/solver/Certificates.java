package org.implicitdl.solver;

import org.implicitdl.operator.ShapeException;
import org.implicitdl.wellposed.Certificate;

/** Checks that a certificate belongs to a problem, as far as that costs little. */
final class Certificates {
    private Certificates() {}

    /**
     * @throws ShapeException if A has another order than the certified matrix
     * @throws IllegalArgumentException if the certificate does not hold for φ
     */
    static void require(Certificate certificate, FixedPointProblem problem) {
        if (certificate.states() != problem.states()) {
            throw new ShapeException("The certificate is for " + certificate.states() + " states, but the problem has "
                    + problem.states() + "; certify its own A.");
        }
        if (!certificate.holdsFor(problem.phi())) {
            throw new IllegalArgumentException("The certificate does not hold for the φ of this problem, "
                    + problem.phi() + ": " + certificate.statement() + "; certify A for this φ.");
        }
    }
}
