package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.descent.SmoothFunction;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.Curvature;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * The loss L(Y, Ŷ) of an implicit model's own predictions Ŷ = CX + DV, X = φ(AX + BU), as a function of M = [A B; C D]; +∞
 * where the states are not found. Columns of D beyond those that meet V play no part.
 *
 * <p>Its gradient is exact: with the residual R = ∇Φ(Ŷ) − Y of the loss's link and the adjoint W = φ'∘(AᵀW + CᵀR) it is
 * [WXᵀ WUᵀ; RXᵀ RVᵀ]. States at the next M are found from those at the last.
 *
 * @param states n
 * @param problem U, V, Y, the loss and φ
 */
public record ImplicitLoss(int states, ImplicitProblem problem) implements SmoothFunction {
    /** A quarter of a gigabyte. */
    private static final long MOST_SENSITIVITIES = 1L << 25;

    /** The squared loss ½‖Ŷ − Y‖²_F of a model with a direct term. */
    public static ImplicitLoss squared(int states, FenchelActivation phi, TrainingSet data) {
        return new ImplicitLoss(
                states, ImplicitProblem.direct(data.u(), data.y(), new ComponentwiseLink(Activations.identity()), phi));
    }

    /** ŷ for inputs U [p, m], or empty if the states are not found. */
    public static Optional<Matrix> predict(ModelMatrix weights, FenchelActivation phi, Matrix u) {
        ImplicitWeights blocks = weights.weights(u.rows());
        return Equilibrium.of(blocks.a(), Lapack.times(blocks.b(), u), phi, Matrix.zeros(weights.states(), u.cols()))
                .map(equilibrium -> blocks.output(equilibrium.states(), u));
    }

    /** @throws ShapeException if M is not [n + q, n + p] */
    @Override
    public LossPoint at(Matrix w) {
        return at(w, Matrix.zeros(states, problem.samples()));
    }

    /** @param start states from which those at M are looked for; these come out to the bit if they solve the rule */
    LossPoint at(Matrix w, Matrix start) {
        if (w.rows() != states + problem.y().rows()
                || w.cols() != states + problem.u().rows()) {
            throw new ShapeException("M = [A B; C D] must be ["
                    + (states + problem.y().rows()) + ", "
                    + (states + problem.u().rows()) + "] for " + states + " states and these data, but is a " + w
                    + ".");
        }
        ImplicitWeights weights = new ModelMatrix(states, w).weights(problem.v().rows());
        State state = Equilibrium.of(weights.a(), Lapack.times(weights.b(), problem.u()), problem.phi(), start)
                .map(found -> new State(weights, found, weights.output(found.states(), problem.v())))
                .orElse(null);
        return new LossPoint(this, w, state);
    }

    /** The states and outputs of the samples. */
    record State(ImplicitWeights weights, Equilibrium equilibrium, Matrix outputs) {}

    /** The loss at one matrix of weights, with the states found there. */
    public static final class LossPoint implements Point {
        private final ImplicitLoss loss;
        private final ImplicitProblem problem;
        private final Matrix w;
        private final State state;
        private final double value;
        private Matrix gradient;

        private LossPoint(ImplicitLoss loss, Matrix w, State state) {
            this.loss = loss;
            this.problem = loss.problem;
            this.w = w;
            this.state = state;
            this.value =
                    state == null ? Double.POSITIVE_INFINITY : problem.loss().loss(problem.y(), state.outputs());
        }

        @Override
        public Matrix w() {
            return w;
        }

        @Override
        public double value() {
            return value;
        }

        /** X [n, m], if they were found. */
        Matrix states() {
            return state.equilibrium().states();
        }

        @Override
        public Matrix gradient() {
            if (gradient == null) {
                Matrix residual = problem.loss().values(state.outputs()).add(-1, problem.y());
                Matrix adjoints = state.equilibrium()
                        .adjoints(Lapack.transposeTimes(state.weights().c(), residual));
                gradient = signals().outer(adjoints, residual);
            }
            return gradient;
        }

        /** By the adjoints of all outputs if memory allows, as they serve all products, else by an equation for each. */
        PredictionJacobian jacobian() {
            long kept = (long) state.outputs().values().length * w.rows();
            return kept <= MOST_SENSITIVITIES ? byAdjoints() : linearized();
        }

        OutputJacobian byAdjoints() {
            return OutputJacobian.of(state, signals(), curvature());
        }

        LinearizedJacobian linearized() {
            return new LinearizedJacobian(state, signals(), curvature());
        }

        private Signals signals() {
            return new Signals(states(), problem.u(), problem.v());
        }

        private Curvature curvature() {
            return problem.loss().curvature(state.outputs());
        }

        @Override
        public LossPoint at(Matrix other) {
            return state == null ? loss.at(other) : loss.at(other, states());
        }
    }
}
