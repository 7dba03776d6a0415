package org.implicitdl.train.equilibrium;

import java.util.BitSet;
import java.util.Optional;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * The squared loss ½‖Ŷ − Y‖²_F of an implicit model's own predictions Ŷ = CX + DU, X = φ(AX + BU), as a function of M =
 * [A B; C D]; +∞ where the states are not found.
 *
 * <p>Its gradient is exact: with the residual R = Ŷ − Y and the adjoint V = φ'∘(AᵀV + CᵀR) it is [V; R][X; U]ᵀ. States at
 * the next M are found from those at the last.
 *
 * @param states n
 * @param phi φ
 * @param data U and Y
 */
public record ImplicitLoss(int states, FenchelActivation phi, TrainingSet data) implements SmoothFunction {
    /** A quarter of a gigabyte, and as much again where rows of A are not to move. */
    private static final long MOST_SENSITIVITIES = 1L << 25;

    /** ŷ for inputs U [p, m], or empty if the states are not found. */
    public static Optional<Matrix> predict(ModelMatrix weights, FenchelActivation phi, Matrix u) {
        return State.of(weights, phi, u, Matrix.zeros(weights.states(), u.cols()))
                .map(State::outputs);
    }

    /** @throws ShapeException if M is not [n + q, n + p] */
    @Override
    public LossPoint at(Matrix w) {
        return at(w, Matrix.zeros(states, data.samples()));
    }

    private LossPoint at(Matrix w, Matrix start) {
        if (w.rows() != states + data.y().rows()
                || w.cols() != states + data.u().rows()) {
            throw new ShapeException("M = [A B; C D] must be ["
                    + (states + data.y().rows()) + ", "
                    + (states + data.u().rows()) + "] for " + states + " states and these data, but is a " + w + ".");
        }
        State state = State.of(new ModelMatrix(states, w), phi, data.u(), start).orElse(null);
        return new LossPoint(this, w, state);
    }

    /** The states and outputs of the samples. */
    record State(ModelMatrix weights, Equilibrium equilibrium, Matrix outputs) {

        static Optional<State> of(ModelMatrix weights, FenchelActivation phi, Matrix u, Matrix start) {
            Matrix bu = Lapack.times(weights.b(), u);
            return Equilibrium.of(weights.a(), bu, phi, start).map(equilibrium -> {
                Matrix outputs = Lapack.times(weights.c(), equilibrium.states()).add(1, Lapack.times(weights.d(), u));
                return new State(weights, equilibrium, outputs);
            });
        }
    }

    /** The loss at one matrix of weights, with the states found there. */
    public static final class LossPoint implements Point {
        private final ImplicitLoss loss;
        private final Matrix w;
        private final State state;
        private final Matrix residual;
        private Matrix gradient;

        private LossPoint(ImplicitLoss loss, Matrix w, State state) {
            this.loss = loss;
            this.w = w;
            this.state = state;
            this.residual = state == null ? null : state.outputs().plus(-1, loss.data.y());
        }

        @Override
        public Matrix w() {
            return w;
        }

        @Override
        public double value() {
            if (residual == null) {
                return Double.POSITIVE_INFINITY;
            }
            double norm = residual.frobeniusNorm();
            return 0.5 * norm * norm;
        }

        @Override
        public Matrix gradient() {
            if (gradient == null) {
                Equilibrium equilibrium = state.equilibrium();
                Matrix adjoints = equilibrium.adjoints(
                        Lapack.transposeTimes(state.weights().c(), residual));
                Matrix left = Matrix.above(adjoints, residual);
                gradient = Lapack.timesTranspose(left, Matrix.above(equilibrium.states(), loss.data.u()));
            }
            return gradient;
        }

        /** By the adjoints of all outputs if memory allows, as they serve all products, else by an equation for each. */
        PredictionJacobian jacobian(BitSet frozen) {
            long kept = (long) residual.values().length * w.rows();
            return kept <= MOST_SENSITIVITIES ? byAdjoints(frozen) : linearized(frozen);
        }

        OutputJacobian byAdjoints(BitSet frozen) {
            return OutputJacobian.of(state, loss.data.u(), frozen);
        }

        LinearizedJacobian linearized(BitSet frozen) {
            return new LinearizedJacobian(state, loss.data.u(), frozen);
        }

        @Override
        public LossPoint at(Matrix other) {
            return state == null
                    ? loss.at(other)
                    : loss.at(other, state.equilibrium().states());
        }
    }
}
