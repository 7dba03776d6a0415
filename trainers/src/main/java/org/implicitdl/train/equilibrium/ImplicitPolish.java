package org.implicitdl.train.equilibrium;

import java.util.BitSet;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Penalty;
import org.implicitdl.train.polish.DampedDescent;

/**
 * Levenberg–Marquardt for an implicit model: ½‖Ŷ − Y‖² + ½∑ⱼwⱼ‖Meⱼ‖² over M = [A B; C D] with ‖A‖∞ ≤ κ, by steps with the
 * exact implicit Jacobian, projected into the constraint. Rows of A that fill their ball stay where they are: they are
 * left to the {@link org.implicitdl.train.descent.ProximalGradient}.
 *
 * @param kappa κ
 * @param tolerance the relative decrease of the objective in a step at which to stop; 0 for never
 * @param direct for at most so many predictions (samples times outputs) a step is solved by a factorization of that order,
 *     for more by conjugate gradients
 */
public record ImplicitPolish(double kappa, double tolerance, int direct) {

    /** @throws IllegalArgumentException if κ is not positive and finite, or the tolerance is negative */
    public ImplicitPolish {
        if (!(kappa > 0) || Double.isInfinite(kappa) || !(tolerance >= 0) || direct < 0) {
            throw new IllegalArgumentException(
                    "The radius κ must be positive and finite, and the tolerance and the limit"
                            + " of factorizations at least 0, but they are " + kappa + ", " + tolerance + " and "
                            + direct + ".");
        }
    }

    /** Until nothing is gained, by factorizations for at most 1,500 predictions. */
    public static ImplicitPolish withRadius(double kappa) {
        return new ImplicitPolish(kappa, 0, ImplicitSystem.DIRECT);
    }

    /** The same, stopped when a step gains less than a share of the objective. */
    public ImplicitPolish withTolerance(double tolerance) {
        return new ImplicitPolish(kappa, tolerance, direct);
    }

    /**
     * The weights after at most a number of trial steps; each step that is taken lowers the objective.
     *
     * @param columnWeights w [n + p], at least 0
     * @throws ShapeException if the sizes do not fit
     */
    public ModelMatrix fit(ImplicitLoss loss, ModelMatrix start, double[] columnWeights, int steps) {
        if (columnWeights.length != start.m().cols()) {
            throw new ShapeException(
                    "Every column of " + start.m() + " needs a weight, but there are " + columnWeights.length + ".");
        }
        int n = start.states();
        Penalty ball = Parts.of(start.m().rows(), start.m().cols()).with(0, n, 0, n, L1Ball.ofRows(kappa));
        Problem problem = new Problem(loss, kappa, ball, columnWeights.clone(), direct);
        DampedDescent<Weights> descent = new DampedDescent<>(problem.at(loss.at(ball.prox(start.m(), 1))), 0);
        boolean isDone = descent.isFinished();
        for (int i = 0; i < steps && !isDone; i++) {
            double before = descent.point().loss();
            descent.step();
            double gain = before - descent.point().loss();
            isDone = descent.isFinished() || (gain > 0 && gain <= tolerance * before);
        }
        return new ModelMatrix(n, descent.point().at().w());
    }

    private record Problem(ImplicitLoss loss, double kappa, Penalty ball, double[] columnWeights, int direct) {

        Weights at(ImplicitLoss.LossPoint point) {
            double value = point.value();
            double[] m = point.w().values();
            for (int i = 0; i < m.length; i++) {
                value += 0.5 * columnWeights[i / point.w().rows()] * m[i] * m[i];
            }
            return new Weights(this, point, value);
        }

        /** The rows of A that fill their ball: a free step would leave it, and its projection may lead uphill. */
        BitSet rowsOnTheBorder(Matrix m) {
            BitSet rows = new BitSet();
            for (int i = 0; i < loss.states(); i++) {
                double sum = 0;
                for (int j = 0; j < loss.states(); j++) {
                    sum += Math.abs(m.get(i, j));
                }
                rows.set(i, sum > kappa * (1 - 1e-6));
            }
            return rows;
        }
    }

    private record Weights(Problem problem, ImplicitLoss.LossPoint at, double loss)
            implements DampedDescent.Point<Weights> {

        @Override
        public DampedDescent.QuadraticModel system() {
            BitSet frozen = problem.rowsOnTheBorder(at.w());
            Matrix gradient = at.gradient().copy();
            int rows = gradient.rows();
            int states = problem.loss.states();
            for (int i = 0; i < gradient.values().length; i++) {
                boolean isFrozen = i < states * rows && frozen.get(i % rows);
                gradient.values()[i] += problem.columnWeights[i / rows] * at.w().values()[i];
                gradient.values()[i] = isFrozen ? 0 : gradient.values()[i];
            }
            return new ImplicitSystem(at.jacobian(frozen), problem.columnWeights, gradient, problem.direct);
        }

        @Override
        public Weights minus(double[] step) {
            Matrix moved = at.w().copy();
            for (int i = 0; i < step.length; i++) {
                moved.values()[i] -= step[i];
            }
            return problem.at(at.at(problem.ball.prox(moved, 1)));
        }
    }
}
