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
 * <p>Time and memory grow with the square of the number of parameters: for models of up to a few thousand.
 *
 * @param maxParameters models with more parameters are refused
 * @param tolerance the loss per sample at which a run is finished; 0 for none
 */
public record LevenbergMarquardt(int maxParameters, double tolerance) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public LevenbergMarquardt {
        if (maxParameters < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("The limit of parameters must be at least 1 and the tolerance at least"
                    + " 0, but they are " + maxParameters + " and " + tolerance + ".");
        }
    }

    /** Models of at most 4,000 parameters, until nothing is gained. */
    public static LevenbergMarquardt withDefaults() {
        return new LevenbergMarquardt(4000, 0);
    }

    /** The same method, finished when the loss per sample is below a tolerance. */
    public LevenbergMarquardt withTolerance(double tolerance) {
        return new LevenbergMarquardt(maxParameters, tolerance);
    }

    /**
     * A run from the given weights, to be driven step by step.
     *
     * @throws IllegalArgumentException if the model has more parameters than this method takes
     */
    public Run start(FeedforwardModel model, TrainingSet data) {
        requireSize(model);
        return new Run(this, model, data);
    }

    /**
     * Checks that a model is small enough.
     *
     * @throws IllegalArgumentException if it has more parameters than this method takes
     */
    public void requireSize(FeedforwardModel model) {
        if (model.parameters() > maxParameters) {
            throw new IllegalArgumentException("The polish solves systems of the order of the number of parameters and"
                    + " takes models of at most " + maxParameters + ", but this one has " + model.parameters()
                    + "; leave the polish out, or raise the limit if memory allows.");
        }
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
            this.descent = new DampedDescent<>(Weights.of(model, data), method.tolerance * data.samples());
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
            descent.restore(Weights.of(now.model().withVector(reader.vector()), now.data()), reader);
        }

        /** One trial step, which is taken if it lowers the loss. */
        public void step() {
            descent.step();
        }
    }

    private record Weights(FeedforwardModel model, TrainingSet data, double loss)
            implements DampedDescent.Point<Weights> {

        static Weights of(FeedforwardModel model, TrainingSet data) {
            return new Weights(model, data, model.loss(data.u(), data.y()));
        }

        @Override
        public DampedDescent.QuadraticModel system() {
            return GaussNewtonSystem.of(model, data);
        }

        @Override
        public Weights minus(double[] step) {
            double[] weights = model.toVector();
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= step[i];
            }
            return of(model.withVector(weights), data);
        }
    }
}
