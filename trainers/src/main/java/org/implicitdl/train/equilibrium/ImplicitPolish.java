package org.implicitdl.train.equilibrium;

import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.polish.DampedDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * Levenberg–Marquardt for an implicit model: L(Y, Ŷ) + ½∑ⱼwⱼ‖Meⱼ‖² over M = [A B; C D] with ‖A‖∞ ≤ κ, by steps with the exact
 * implicit Jacobian and the curvature of the loss, each a minimum of its quadratic model within the constraint: rows of A
 * that fill their ball move along its border.
 *
 * @param kappa κ
 * @param method of the lower of the orders of parameters and predictions (samples times outputs), up to which order a step is
 *     solved by a factorization; and the loss per sample at which a run is finished
 * @param leastGain the relative decrease of the objective in a step at which {@link #fit} stops; 0 for never
 */
public record ImplicitPolish(double kappa, LevenbergMarquardt method, double leastGain) {
    /** Beyond it conjugate gradients are faster. */
    static final int DIRECT = 1500;

    /** @throws IllegalArgumentException if κ is not positive and finite, or the least gain is negative */
    public ImplicitPolish {
        if (!(kappa > 0) || Double.isInfinite(kappa) || !(leastGain >= 0)) {
            throw new IllegalArgumentException(
                    "The radius κ must be positive and finite, and the least gain of a step at least 0, but they are "
                            + kappa + " and " + leastGain + ".");
        }
    }

    /** Until nothing is gained, by factorizations up to the order 1,500. */
    public static ImplicitPolish withRadius(double kappa) {
        return new ImplicitPolish(kappa, new LevenbergMarquardt(DIRECT, 0), 0);
    }

    /** The same, stopped when a step gains less than a share of the objective. */
    public ImplicitPolish withLeastGain(double share) {
        return new ImplicitPolish(kappa, method, share);
    }

    /** The same with another limit of factorizations and another tolerance. */
    public ImplicitPolish withMethod(LevenbergMarquardt other) {
        return new ImplicitPolish(kappa, other, leastGain);
    }

    /**
     * The weights after at most a number of trial steps; each step that is taken lowers the objective.
     *
     * @param columnWeights w [n + p], at least 0
     * @throws ShapeException if the sizes do not fit
     */
    public ModelMatrix fit(ImplicitLoss loss, ModelMatrix start, double[] columnWeights, int steps) {
        Run run = start(loss, start, columnWeights);
        boolean isDone = run.isFinished();
        for (int i = 0; i < steps && !isDone; i++) {
            double before = run.objective();
            run.step();
            double gain = before - run.objective();
            isDone = run.isFinished() || (gain > 0 && gain <= leastGain * before);
        }
        return run.weights();
    }

    /**
     * A run from the given weights, to be driven step by step.
     *
     * @param columnWeights w [n + p], at least 0
     * @throws ShapeException if the sizes do not fit
     */
    public Run start(ImplicitLoss loss, ModelMatrix start, double[] columnWeights) {
        if (columnWeights.length != start.m().cols()) {
            throw new ShapeException(
                    "Every column of " + start.m() + " needs a weight, but there are " + columnWeights.length + ".");
        }
        PolishObjective objective = PolishObjective.of(loss, kappa, start, columnWeights);
        Matrix inBall = objective.projection(start.m());
        return new Run(
                Weights.of(objective, method.direct(), loss.at(inBall)),
                method.tolerance() * loss.problem().samples());
    }

    /** One run: it belongs to one thread. */
    public static final class Run {
        private final DampedDescent<Weights> descent;

        private Run(Weights start, double tolerance) {
            this.descent = new DampedDescent<>(start, tolerance);
        }

        /** The weights as they are now; ‖A‖∞ ≤ κ. */
        public ModelMatrix weights() {
            Weights now = descent.point();
            return new ModelMatrix(now.objective().loss().states(), now.at().w());
        }

        /** The objective, which never rises from step to step. */
        public double objective() {
            return descent.point().loss();
        }

        /** Whether the tolerance is reached or no further step lowers the objective. */
        public boolean isFinished() {
            return descent.isFinished();
        }

        /** One trial step, which is taken if it lowers the objective. */
        public void step() {
            descent.step();
        }

        /** Writes all that further steps depend on, beside the method and the data. */
        public void save(StateWriter writer) {
            writer.matrix(descent.point().at().w());
            writer.matrix(descent.point().at().states());
            descent.save(writer);
        }

        /** Goes on from where another run stood, of the same method on the same data and a model of the same shape. */
        public void restore(StateReader reader) {
            Weights any = descent.point();
            Matrix m = reader.matrix();
            descent.restore(any.moved(any.objective().loss().at(m, reader.matrix())), reader);
        }
    }

    private record Weights(PolishObjective objective, int direct, ImplicitLoss.LossPoint at, double loss)
            implements DampedDescent.Point<Weights> {

        static Weights of(PolishObjective objective, int direct, ImplicitLoss.LossPoint at) {
            return new Weights(objective, direct, at, objective.value(at));
        }

        Weights moved(ImplicitLoss.LossPoint to) {
            return of(objective, direct, to);
        }

        @Override
        public DampedDescent.QuadraticModel system() {
            return new ImplicitSystem(objective, at, direct);
        }

        @Override
        public Weights minus(double[] step) {
            Matrix m = at.w().copy();
            for (int i = 0; i < step.length; i++) {
                m.values()[i] -= step[i];
            }
            return moved(at.at(objective.projection(m)));
        }
    }
}
