package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state that a solver found, for better or worse, with its report.
 *
 * @param state X [n, m], finite: where no solution was found, the best iterate, or zero if there was none
 * @param report what was done, sample by sample
 */
public record Solution(INDArray state, SolverReport report) {

    /**
     * The state, if every sample converged.
     *
     * @throws FixedPointException if one did not
     */
    public INDArray orElseThrow() {
        if (!report.converged()) {
            throw new FixedPointException(report);
        }
        return state;
    }
}
