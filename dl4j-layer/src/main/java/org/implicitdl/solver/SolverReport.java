package org.implicitdl.solver;

import java.util.List;

/**
 * What a solver did, sample by sample.
 *
 * @param method the solver, in words
 * @param statuses how it ended for each sample
 * @param residuals ‖φ(Ax + v) − x‖ / max(‖x‖, 1) in the norm ℓ₂, of the state that is returned
 * @param iterations the evaluations of φ(Ax + v) used for each sample
 */
public record SolverReport(String method, List<SolverStatus> statuses, double[] residuals, int[] iterations) {}
