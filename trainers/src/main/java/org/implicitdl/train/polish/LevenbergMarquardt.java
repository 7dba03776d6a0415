package org.implicitdl.train.polish;

import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * Levenberg–Marquardt on the training loss itself, to refine what block coordinate descent found: steps
 * −(H + μI)⁻¹∇ with the Gauss–Newton matrix H = ∑ Jᵀ∇²ΦJ, where J is the Jacobian of the output by the implicit function
 * theorem, dŷ = C(I − D_φA)⁻¹D_φ(dA x + dB u), taken block by block. The damping μ follows Nielsen (Madsen, Nielsen and
 * Tingleff, Methods for non-linear least squares problems, 2004).
 *
 * <p>Time and memory grow with the square of the number of parameters: for models of up to a few thousand.
 *
 * @param maxParameters models with more parameters are refused
 * @param tolerance the loss per sample at which a run is finished; 0 for none
 */
public record LevenbergMarquardt(int maxParameters, double tolerance) {
    private static final double FIRST_DAMPING = 1e-3;
    private static final double LARGEST_DAMPING = 1e15;

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
        private final LevenbergMarquardt method;
        private final TrainingSet data;
        private FeedforwardModel model;
        private double loss;
        private GaussNewtonSystem system;
        private double damping;
        private double growth = 2;
        private boolean finished;

        private Run(LevenbergMarquardt method, FeedforwardModel model, TrainingSet data) {
            this.method = method;
            this.data = data;
            this.model = model;
            this.loss = model.loss(data.u(), data.y());
            this.finished = isGoodEnough();
        }

        /** The weights as they are now; the loss never rises from step to step. */
        public FeedforwardModel model() {
            return model;
        }

        /** The training loss ∑ f(y, s) over the samples. */
        public double loss() {
            return loss;
        }

        /** Whether the tolerance is reached or no further step lowers the loss. */
        public boolean isFinished() {
            return finished;
        }

        /** One trial step, which is taken if it lowers the loss. */
        public void step() {
            if (system == null) {
                system = GaussNewtonSystem.of(model, data);
                if (damping == 0) {
                    damping = FIRST_DAMPING * Math.max(system.largestDiagonal(), Double.MIN_NORMAL);
                }
            }
            double[] step = system.step(damping).orElse(null);
            if (step == null) {
                reject();
                return;
            }
            FeedforwardModel candidate = model.withVector(minus(model.toVector(), step));
            double next = candidate.loss(data.u(), data.y());
            if (next < loss) {
                double ratio = (loss - next) / system.predictedDecrease(step, damping);
                damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3));
                growth = 2;
                model = candidate;
                loss = next;
                system = null;
                finished = isGoodEnough();
            } else {
                reject();
            }
        }

        private boolean isGoodEnough() {
            return loss <= method.tolerance * data.samples();
        }

        private void reject() {
            damping *= growth;
            growth *= 2;
            finished = !(damping < LARGEST_DAMPING * Math.max(1, system.largestDiagonal()));
        }

        private static double[] minus(double[] a, double[] b) {
            double[] result = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                result[i] = a[i] - b[i];
            }
            return result;
        }
    }
}
