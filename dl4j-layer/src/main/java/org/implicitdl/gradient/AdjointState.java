package org.implicitdl.gradient;

import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.SolverReport;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The adjoint state that a method found, for better or worse, with its report.
 *
 * @param s S [n, m] = ∂ℓ/∂V, in 'f' order and finite: where there is no solution, the best iterate, or zero
 * @param report what was done, sample by sample, with the residuals ‖φ'(z)ᵀ(Aᵀs + g) − s‖ relative to ‖s‖
 */
public record AdjointState(INDArray s, SolverReport report) {
    /** What messages call the adjoint equation. */
    public static final String EQUATION = "the adjoint equation s = φ'(z)ᵀ(Aᵀs + g)";

    /**
     * The adjoint state, if the method did what it promises for every sample.
     *
     * @throws FixedPointException if it did not for one
     */
    public INDArray orElseThrow() {
        if (!report.converged()) {
            throw new FixedPointException(report, EQUATION);
        }
        return s;
    }
}
