package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.SolverStatus;
import org.implicitdl.wellposed.Certificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What it means for a layer that samples did not converge.
 *
 * @param layer what messages call the layer
 * @param action whether to throw or to warn
 * @param certificate that of A, if there is one
 */
record Verdict(String layer, FailureAction action, Optional<Certificate> certificate) {

    /**
     * Judges a solve.
     *
     * @param equation what was solved
     * @param parameters the layer's parameters by name, to name the one that is to blame
     * @param given what the layer was given beside them, and what it is called
     * @return a warning; empty if every sample converged
     * @throws NonFiniteException if a parameter or what was given holds a NaN or an infinite number
     * @throws FixedPointException if such a number came up otherwise, or if failures throw
     */
    Optional<String> of(
            SolverReport report, String equation, Map<String, INDArray> parameters, Map<String, INDArray> given) {
        if (report.converged()) {
            return Optional.empty();
        }
        boolean finite = !report.statuses().contains(SolverStatus.NON_FINITE);
        if (!finite) {
            requireFinite(layer, parameters);
            given.forEach((name, array) -> NonFiniteException.check(name + " of " + layer, array));
        }
        FixedPointException failure = new FixedPointException(
                report,
                equation,
                layer,
                "Certificate: " + certificate.map(Certificate::statement).orElse("none") + ".");
        if (!finite || action == FailureAction.THROW) {
            throw failure;
        }
        return Optional.of(failure.getMessage());
    }

    /**
     * Refuses parameters that hold a NaN or an infinite number.
     *
     * @param layer what messages call the layer
     * @throws NonFiniteException naming the layer and the first such parameter
     */
    static void requireFinite(String layer, Map<String, INDArray> parameters) {
        parameters.forEach((name, values) -> NonFiniteException.check("parameter " + name + " of " + layer, values));
    }
}
