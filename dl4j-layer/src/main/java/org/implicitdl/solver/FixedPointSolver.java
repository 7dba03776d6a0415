package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A method for X = φ(AX + V). A solver is an immutable configuration: the problem goes in, the solution comes out with
 * its report, nothing is kept between calls, and any number of threads may share one.
 */
public interface FixedPointSolver {

    /**
     * Solves the equation.
     *
     * @param start the first iterate [n, m], not changed; direct methods ignore it
     */
    Solution solve(FixedPointProblem problem, INDArray start);

    /** Solves the equation from the state zero. */
    default Solution solve(FixedPointProblem problem) {
        return solve(
                problem,
                Nd4j.create(problem.input().dataType(), new long[] {problem.states(), problem.samples()}, 'f'));
    }
}
