package org.implicitdl.train.polish;

import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * Levenberg–Marquardt on the training loss itself, to refine what block coordinate descent found: steps
 * −(H + μI)⁻¹∇ with the Gauss–Newton matrix H = ∑ Jᵀ∇²ΦJ, where J is the Jacobian of the output by the implicit function
 * theorem, dŷ = C(I − D_φA)⁻¹D_φ(dA x + dB u), taken block by block, with the damping μ of {@link DampedDescent}.
 *
 * <p>Small models take a factorization of H, whose time and memory grow with the square of the number of parameters. For
 * larger ones a step comes from conjugate gradients, which take products with J and Jᵀ alone: a step takes up to some
 * hundred forward and backward passes, and the memory of the states.
 *
 * @param direct up to how many parameters H is formed and factorized
 * @param tolerance the loss per sample at which a run is finished; 0 for none
 */
public record LevenbergMarquardt(int direct, double tolerance) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public LevenbergMarquardt {
        if (direct < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("The limit of factorizations and the tolerance must be at least 0, but"
                    + " they are " + direct + " and " + tolerance + ".");
        }
    }

    /** Until nothing is gained, by factorizations for at most 4,000 parameters. */
    public static LevenbergMarquardt withDefaults() {
        return new LevenbergMarquardt(4000, 0);
    }

    /** The same method, finished when the loss per sample is below a tolerance. */
    public LevenbergMarquardt withTolerance(double tolerance) {
        return new LevenbergMarquardt(direct, tolerance);
    }

    /** A run from the given weights, to be driven step by step. */
    public Run start(FeedforwardModel model, TrainingSet data) {
        return new Run(this, model, data);
    }

    /** The weights after at most a number of steps. */
    public FeedforwardModel fit(FeedforwardModel model, TrainingSet data, int steps) {
        Run run = start(model, data);
        for (int i = 0; i < steps && !run.isFinished(); i++) {
            run.step();
        }
        return run.model();
    }

    /** One run: it belongs to one thread. */
    public static final class Run {
        private final DampedDescent<Weights> descent;

        private Run(LevenbergMarquardt method, FeedforwardModel model, TrainingSet data) {
            this.descent =
                    new DampedDescent<>(Weights.of(model, data, method.direct), method.tolerance * data.samples());
        }

        /** The weights as they are now; the loss never rises from step to step. */
        public FeedforwardModel model() {
            return descent.point().model();
        }

        /** The training loss ∑ f(y, s) over the samples. */
        public double loss() {
            return descent.point().loss();
        }

        /** Whether the tolerance is reached or no further step lowers the loss. */
        public boolean isFinished() {
            return descent.isFinished();
        }

        /** Writes all that further steps depend on, beside the method and the data. */
        public void save(StateWriter writer) {
            writer.vector(model().toVector());
            descent.save(writer);
        }

        /** Goes on from where another run stood, of the same method on the same data and a model of the same shape. */
        public void restore(StateReader reader) {
            Weights now = descent.point();
            descent.restore(now.withVector(reader.vector()), reader);
        }

        /** One trial step, which is taken if it lowers the loss. */
        public void step() {
            descent.step();
        }
    }

    private record Weights(FeedforwardModel model, TrainingSet data, int direct, double loss)
            implements DampedDescent.Point<Weights> {

        static Weights of(FeedforwardModel model, TrainingSet data, int direct) {
            return new Weights(model, data, direct, model.loss(data.u(), data.y()));
        }

        Weights withVector(double[] weights) {
            return of(model.withVector(weights), data, direct);
        }

        @Override
        public DampedDescent.QuadraticModel system() {
            return model.parameters() <= direct ? GaussNewtonSystem.of(model, data) : MatrixFreeSystem.of(model, data);
        }

        @Override
        public Weights minus(double[] step) {
            double[] weights = model.toVector();
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= step[i];
            }
            return withVector(weights);
        }
    }
}
