package org.implicitdl.train.equilibrium;

import java.util.BitSet;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.polish.RandomSigns;

/**
 * The Jacobian by one linear equation for each product, in the memory of the states: JV = CT + V_C X + V_D U with the tangent
 * T = φ'∘(AT + V_A X + V_B U), and JᵀR = [V; R][X; U]ᵀ with the adjoint V = φ'∘(AᵀV + CᵀR).
 */
final class LinearizedJacobian implements PredictionJacobian {
    private final ImplicitLoss.State state;
    private final Matrix u;
    private final Matrix c;
    private final BitSet frozen;

    /** @param frozen rows of A that are not to move, for which the derivatives are left out */
    LinearizedJacobian(ImplicitLoss.State state, Matrix u, BitSet frozen) {
        this.state = state;
        this.u = u;
        this.c = state.weights().c();
        this.frozen = (BitSet) frozen.clone();
    }

    @Override
    public int samples() {
        return u.cols();
    }

    @Override
    public int outputs() {
        return c.rows();
    }

    private int states() {
        return c.cols();
    }

    @Override
    public Matrix times(Matrix v) {
        int n = states();
        Matrix left = OutputJacobian.withoutRows(v.part(0, v.rows(), 0, n), frozen);
        Matrix moved = Lapack.times(left, state.equilibrium().states())
                .add(1, Lapack.times(v.part(0, v.rows(), n, v.cols()), u));
        Matrix tangents = state.equilibrium().tangents(moved.part(0, n, 0, samples()));
        return moved.part(n, v.rows(), 0, samples()).add(1, Lapack.times(c, tangents));
    }

    @Override
    public Matrix transposeTimes(Matrix r) {
        return onSignals(sensitivities(r), state.equilibrium().states(), u);
    }

    /** From one adjoint for random signs ε, as the squares of Jⱼᵀε are those of the rows of Jⱼ in the mean; always the same. */
    @Override
    public Matrix squares() {
        Matrix signs = RandomSigns.like(state.outputs(), 0);
        return onSignals(
                sensitivities(signs).squared(), state.equilibrium().states().squared(), u.squared());
    }

    private Matrix sensitivities(Matrix r) {
        return Matrix.above(state.equilibrium().adjoints(Lapack.transposeTimes(c, r)), r);
    }

    private Matrix onSignals(Matrix e, Matrix x, Matrix inputs) {
        Matrix left = Lapack.timesTranspose(OutputJacobian.withoutRows(e, frozen), x);
        return Matrix.beside(left, Lapack.timesTranspose(e, inputs));
    }
}
