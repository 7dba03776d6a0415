package org.implicitdl.train.equilibrium;

import java.util.Optional;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.polish.DampedDescent;

/**
 * The Gauss–Newton model of L(Y, Ŷ) + ½∑ⱼwⱼ‖Meⱼ‖² at M with its constraint: ½⟨δ, (H + diag(w))δ⟩ − ⟨G, δ⟩ over the δ for which
 * M − δ is in the ball, H = JᵀRRᵀJ.
 *
 * <p>A step minimizes the damped model by active sets (Moré and Toraldo, On the solution of large quadratic programming
 * problems with bound constraints, 1991): over the faces on which M − δ stands, with a projection where that leaves the ball,
 * and again over the faces to which it led; the model falls from round to round.
 */
final class ImplicitSystem implements DampedDescent.QuadraticModel {
    private static final int ROUNDS = 6;
    private static final int HALVINGS = 20;
    /** The share of a step that may be projected away without another round. */
    private static final double PROJECTED = 1e-6;

    /** The share of the decrease that a round must add for another one: the model is but one of the loss. */
    private static final double LEAST_GAIN = 0.05;

    private final PolishObjective objective;
    private final Matrix m;
    private final PredictionJacobian jacobian;
    private final Matrix weights;
    private final Matrix gradient;
    private final Matrix squares;
    private final DampedSystem system;

    /** @param direct the highest order of a factorization */
    ImplicitSystem(PolishObjective objective, ImplicitLoss.LossPoint at, int direct) {
        this.objective = objective;
        this.m = at.w();
        this.jacobian = at.jacobian();
        this.weights = DampedSystem.ofColumns(objective.columnWeights(), m.rows());
        this.gradient = objective.gradient(at);
        this.squares = jacobian.squares();
        this.system = system(direct);
    }

    private DampedSystem system(int direct) {
        if (jacobian instanceof OutputJacobian stored) {
            int predictions = stored.samples() * stored.outputs();
            int parameters = gradient.values().length;
            if (parameters <= Math.min(predictions, direct)) {
                return new ParameterSystem(stored, weights);
            }
            if (predictions <= direct) {
                return new PredictionSystem(stored, objective.columnWeights());
            }
        }
        return new IterativeSystem(jacobian, weights, squares);
    }

    @Override
    public double[] gradient() {
        return gradient.values();
    }

    @Override
    public double largestDiagonal() {
        return squares.maxAbs();
    }

    /** As the default, but also for steps that end at the border. */
    @Override
    public double predictedDecrease(double[] step, double damping) {
        return -trial(new Matrix(m.rows(), m.cols(), step), 0).value();
    }

    @Override
    public Optional<double[]> step(double damping) {
        Matrix zero = Matrix.zeros(m.rows(), m.cols());
        Trial best = new Trial(zero, zero, 0);
        for (int round = 0; round < ROUNDS; round++) {
            best = alongTheProjectedGradient(best, damping);
            Matrix rest = gradient.plus(-1, best.image());
            RowFaces faces = faces(best, rest);
            Matrix correction = system.solve(faces, rest, damping).orElse(null);
            if (correction == null) {
                return round == 0 ? Optional.empty() : Optional.of(best.step().values());
            }
            Trial next = search(best, correction, 1, damping);
            double gain = best.value() - next.value();
            double missed = Math.sqrt(next.step().squaredDistance(best.step().plus(1, correction)));
            best = next;
            if (missed <= PROJECTED * next.step().frobeniusNorm() || gain <= -LEAST_GAIN * next.value()) {
                break;
            }
        }
        return Optional.of(best.step().values());
    }

    /**
     * Finds the face: entries that a step along it would lead beyond zero, however near they are, go there and stay. For A
     * alone, whose scale is not that of the other blocks.
     */
    private Trial alongTheProjectedGradient(Trial from, double damping) {
        Matrix rest = gradient.plus(-1, from.image());
        if (faces(from, rest).isEmpty()) {
            return from;
        }
        Matrix slope = Matrix.zeros(m.rows(), m.cols());
        slope.write(objective.states(rest), 0, 0);
        double curvature = slope.dot(trial(slope, damping).image());
        return search(from, slope, slope.dot(slope) / curvature, damping);
    }

    private RowFaces faces(Trial at, Matrix rest) {
        return RowFaces.of(objective.states(m.plus(-1, at.step())), rest, objective.kappa());
    }

    /** From δ along a correction, projected, to where the model is lower; δ itself if it is nowhere. */
    private Trial search(Trial from, Matrix correction, double longest, double damping) {
        double length = longest;
        for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
            Trial trial = trial(projected(from.step().plus(length, correction)), damping);
            if (trial.value() < from.value()) {
                return trial;
            }
        }
        return from;
    }

    /** The δ by which M − δ is in the ball; the entries that need no projection are kept to the bit. */
    private Matrix projected(Matrix step) {
        Matrix moved = m.plus(-1, step);
        Matrix near = objective.projection(moved);
        Matrix projected = step.copy();
        for (int i = 0; i < near.values().length; i++) {
            if (near.values()[i] != moved.values()[i]) {
                projected.values()[i] = m.values()[i] - near.values()[i];
            }
        }
        return projected;
    }

    /**
     * @param image (H + diag(w) + μI)δ
     * @param value of the damped model
     */
    private record Trial(Matrix step, Matrix image, double value) {}

    private Trial trial(Matrix step, double damping) {
        Matrix image = jacobian.transposeTimes(jacobian.times(step));
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] += (weights.values()[i] + damping) * step.values()[i];
        }
        return new Trial(step, image, 0.5 * step.dot(image) - gradient.dot(step));
    }
}
