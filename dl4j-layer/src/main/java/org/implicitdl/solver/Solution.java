package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state that a solver found, for better or worse, with its report.
 *
 * @param state X [n, m]
 * @param report what was done, sample by sample
 */
public record Solution(INDArray state, SolverReport report) {}
