package org.implicitdl.layer;

import java.util.Optional;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the backward pass needs to know of the forward pass.
 *
 * @param input the features u as they were used, samples as rows [m, p]
 * @param weights the matrices that were used
 * @param problem the equation that was solved
 * @param rule when its solver stopped
 * @param state its solution X [n, m]
 * @param certificate that of A, if there is one
 */
record Equilibrium(
        INDArray input,
        Weights weights,
        FixedPointProblem problem,
        StoppingRule rule,
        INDArray state,
        Optional<Certificate> certificate) {}
