package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.gradient.AdjointMethod;
import org.implicitdl.gradient.AdjointState;
import org.implicitdl.gradient.Linearization;
import org.implicitdl.operator.Blas;
import org.implicitdl.solver.SolverReport;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradients of a loss at an equilibrium, from E = ∂L/∂Ŷ with samples as rows: with G = CᵀEᵀ and S = φ'(Z)ᵀ(AᵀS + G),
 * ∂L/∂A = SXᵀ, ∂L/∂B = SU, ∂L/∂b = S1, ∂L/∂C = EᵀXᵀ, ∂L/∂D = EᵀU, ∂L/∂d = Eᵀ1 and ∂L/∂Uᵀ = BᵀS + DᵀEᵀ (§ 4 and the
 * implicit function theorem).
 */
final class BackwardPass {
    private final Equilibrium at;
    private final INDArray epsilon;
    private final LayerWorkspaceMgr workspaceMgr;
    private final INDArray s;
    private final SolverReport report;

    /**
     * Solves for S.
     *
     * @param epsilon E [m, q]
     */
    BackwardPass(Equilibrium at, INDArray epsilon, AdjointMethod method, LayerWorkspaceMgr workspaceMgr) {
        this.at = at;
        this.epsilon = epsilon;
        this.workspaceMgr = workspaceMgr;
        INDArray g = outputGradient();
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            AdjointState adjoint = method.solve(Linearization.at(at.problem(), at.state()), g);
            s = adjoint.s();
            report = adjoint.report();
        }
    }

    /** How S was found. */
    SolverReport report() {
        return report;
    }

    private INDArray outputGradient() {
        Optional<INDArray> c = at.weights().c();
        if (c.isEmpty()) {
            return workspaceMgr.dup(ArrayType.BP_WORKING_MEM, epsilon.transpose(), 'f');
        }
        INDArray g = workspaceMgr.createUninitialized(
                ArrayType.BP_WORKING_MEM, epsilon.dataType(), at.state().shape(), 'f');
        Blas.multiply(c.get(), true, epsilon, true, 0, g, false);
        return g;
    }

    /** Writes the gradients of all parameters in place, into the views of the flat gradient. */
    Gradient write(StateMatrix stateMatrix, Map<String, INDArray> views) {
        INDArray ofA = views.get(ParameterLayout.A);
        if (ofA == null) {
            ofA = workspaceMgr.createUninitialized(
                    ArrayType.BP_WORKING_MEM, s.dataType(), new long[] {s.size(0), s.size(0)}, 'f');
        }
        Blas.multiply(s, false, at.state(), true, 0, ofA, false);
        stateMatrix.pullback(at.weights().parameters(), ofA, views);
        Blas.multiply(s, false, at.input(), false, 0, views.get(ParameterLayout.B), false);
        sum(s, 1, views.get(ParameterLayout.STATE_BIAS));
        at.weights().c().ifPresent(c -> {
            Blas.multiply(epsilon, true, at.state(), true, 0, views.get(ParameterLayout.C), false);
            sum(epsilon, 0, views.get(ParameterLayout.OUTPUT_BIAS));
        });
        at.weights()
                .d()
                .ifPresent(
                        d -> Blas.multiply(epsilon, true, at.input(), false, 0, views.get(ParameterLayout.D), false));
        Gradient gradient = new DefaultGradient();
        views.forEach(gradient.gradientForVariable()::put);
        return gradient;
    }

    private static void sum(INDArray array, int dimension, INDArray target) {
        if (target != null) {
            array.sum(target, dimension);
        }
    }

    /** S itself; to be closed by the caller. */
    INDArray s() {
        return s;
    }

    /** ∂L/∂U with samples as rows [m, p]. */
    INDArray inputGradient() {
        INDArray gradient = workspaceMgr.createUninitialized(
                ArrayType.ACTIVATION_GRAD, s.dataType(), at.input().shape(), 'c');
        Blas.multiply(s, true, at.weights().b(), false, 0, gradient, false);
        at.weights().d().ifPresent(d -> Blas.multiply(epsilon, false, d, false, 1, gradient, false));
        return gradient;
    }
}
