package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Curvature;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.polish.RandomSigns;

/**
 * The Jacobian by one linear equation for each product, in the memory of the states: for a change [A' B'; C' D'] of M it is
 * Rᵀ(CT + C'X + D'V) with the tangent T = φ'∘(AT + A'X + B'U), and for E = RT transposed [WXᵀ WUᵀ; EXᵀ EVᵀ] with the adjoint
 * W = φ'∘(AᵀW + CᵀE).
 */
final class LinearizedJacobian implements PredictionJacobian {
    private final ImplicitLoss.State state;
    private final Signals signals;
    private final Curvature curvature;

    LinearizedJacobian(ImplicitLoss.State state, Signals signals, Curvature curvature) {
        this.state = state;
        this.signals = signals;
        this.curvature = curvature;
    }

    @Override
    public Matrix times(Matrix v) {
        ImplicitWeights change =
                new ModelMatrix(state.weights().states(), v).weights(signals.v().rows());
        Matrix tangents = state.equilibrium().tangents(change.weighted(signals.x(), signals.u()));
        Matrix moved = change.output(signals.x(), signals.v())
                .add(1, Lapack.times(state.weights().c(), tangents));
        return curvature.transposeFactorTimes(moved);
    }

    @Override
    public Matrix transposeTimes(Matrix t) {
        Matrix errors = curvature.factorTimes(t);
        return signals.outer(adjoints(errors), errors);
    }

    /** From one adjoint for random signs ε, as the squares of JⱼᵀRε are those of the rows of RᵀJⱼ in the mean; always the same. */
    @Override
    public Matrix squares() {
        Matrix errors = curvature.factorTimes(RandomSigns.like(state.outputs(), 0));
        return signals.squared().outer(adjoints(errors).squared(), errors.squared());
    }

    private Matrix adjoints(Matrix errors) {
        return state.equilibrium()
                .adjoints(Lapack.transposeTimes(state.weights().c(), errors));
    }
}
