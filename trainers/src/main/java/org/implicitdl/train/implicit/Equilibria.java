package org.implicitdl.train.implicit;

import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.Solvers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** The states that the rule itself gives, X = φ(AX + BU). */
final class Equilibria {
    private Equilibria() {}

    /**
     * X [n, m].
     *
     * @param known BU [n, m]
     * @param start where to begin, such as the states of weights that are near
     * @throws org.implicitdl.solver.FixedPointException if the equation is not solved to its tolerance
     */
    static Matrix of(Matrix a, Matrix known, Activation phi, Matrix start) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            FixedPointProblem problem = new FixedPointProblem(
                    DenseOperator.viewOf(a.toArray(DataType.DOUBLE)), known.toArray(DataType.DOUBLE), phi);
            return Matrix.copyOf(Solvers.forProblem(problem)
                    .solve(problem, start.toArray(DataType.DOUBLE))
                    .orElseThrow());
        }
    }
}
