package org.implicitdl.train.bcd;

import java.util.Optional;
import java.util.stream.Stream;
import org.implicitdl.text.Count;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.state.NamedSettings;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * Block coordinate descent for feedforward models (§4.2, §7.1): the relaxed problem
 *
 * <p>min f(Y, S_{L+1}) + ∑ₗ ε^(L+1−l) f(X_l, W_{l−1}X_{l−1} + b_{l−1}1ᵀ)
 *
 * <p>is minimized over one block of weights or states at a time, without back-propagation. The larger ε, the closer the
 * states are held to the forward pass, and the closer the updates come to back-propagated errors.
 */
public final class BlockCoordinateDescent {
    private final Sweep sweep;
    private final EpsilonSchedule epsilon;
    private final int window;

    private BlockCoordinateDescent(Sweep sweep, EpsilonSchedule epsilon, int window) {
        this.sweep = sweep;
        this.epsilon = epsilon;
        this.window = window;
    }

    /** The method as it was published, with its ε = 1e-3: for strictly increasing activations, tanh above all. */
    public static BlockCoordinateDescent published() {
        return new BlockCoordinateDescent(new PublishedSweep(), EpsilonSchedule.constant(1e-3), 0);
    }

    /**
     * The method with every block solved to its tolerance, and ε raised from 1e-3 to 3e-2 over the first ten sweeps. The
     * weights of layers too large for Newton's method (see {@link ExactOptions}) take a limited number of preconditioned
     * steps in each sweep instead.
     */
    public static BlockCoordinateDescent exact() {
        return exact(ExactOptions.defaults());
    }

    /** The same with options. */
    public static BlockCoordinateDescent exact(ExactOptions options) {
        WeightStep weightStep = WeightStep.of(options);
        return new BlockCoordinateDescent(
                new ExactSweep(weightStep, options.tolerance()), EpsilonSchedule.rising(1e-3, 3e-2, 10), 0);
    }

    /** The same method with other weights of the relaxation. */
    public BlockCoordinateDescent withEpsilon(EpsilonSchedule epsilon) {
        return new BlockCoordinateDescent(sweep, epsilon, window);
    }

    /**
     * The same method with Anderson acceleration over the last few sweeps; a proposal that does not lower the training
     * loss is dropped, so acceleration never does harm.
     *
     * @throws IllegalArgumentException if the window is negative, or for the published method, which keeps states
     * @param window how many differences are used, about 5; 0 for none
     */
    public BlockCoordinateDescent withAcceleration(int window) {
        if (window > 0 && !sweep.startsAfresh()) {
            throw new IllegalArgumentException("The published method keeps its states between sweeps and cannot be"
                    + " accelerated; use the exact one.");
        }
        if (window < 0) {
            throw new IllegalArgumentException(
                    "The window of the acceleration must be at least 0, but is " + window + "; 5 is a good start.");
        }
        return new BlockCoordinateDescent(sweep, epsilon, window);
    }

    /**
     * A run from the given weights, to be driven sweep by sweep.
     *
     * @throws IllegalArgumentException if the method does not take the model's activations or its loss
     */
    public Run start(FeedforwardModel model, TrainingSet data) {
        return new Run(this, model, data);
    }

    /** The weights after a number of sweeps. */
    public FeedforwardModel fit(FeedforwardModel model, TrainingSet data, int sweeps) {
        Run run = start(model, data);
        for (int i = 0; i < sweeps; i++) {
            run.sweep();
        }
        return run.model();
    }

    /** All settings, for a checkpoint to tell them apart. */
    public NamedSettings settings() {
        return sweep.settings().with("epsilon", epsilon).with("window of the acceleration", window);
    }

    @Override
    public String toString() {
        return (sweep instanceof ExactSweep ? "exact" : "published") + " block coordinate descent, epsilon " + epsilon
                + (window == 0 ? "" : ", accelerated over " + Count.of(window, "sweep"));
    }

    /** One run: it belongs to one thread. */
    public static final class Run {
        private final BlockCoordinateDescent method;
        private final TrainingSet data;
        private final AndersonAcceleration acceleration;
        private Iterate iterate;
        private int sweeps;

        private Run(BlockCoordinateDescent method, FeedforwardModel model, TrainingSet data) {
            this.method = method;
            this.data = data;
            this.acceleration = new AndersonAcceleration(method.window);
            this.iterate = method.sweep.start(model, data);
        }

        /** The weights as they are now. */
        public FeedforwardModel model() {
            return iterate.model();
        }

        /** The number of sweeps done. */
        public int sweeps() {
            return sweeps;
        }

        /**
         * One sweep over all blocks.
         *
         * @return the weights after it
         * @throws BlockStepException if the problem of a block cannot be solved
         */
        public FeedforwardModel sweep() {
            Iterate next = method.sweep.apply(iterate, data, method.epsilon.at(sweeps));
            sweeps++;
            iterate = method.window == 0 ? next : new Iterate(accelerated(next.model()), next.states());
            return model();
        }

        /** Writes all that further sweeps depend on, beside the method and the data. */
        public void save(StateWriter writer) {
            writer.count(sweeps);
            writer.vector(iterate.model().toVector());
            writer.count(iterate.states().size());
            iterate.states().forEach(writer::matrix);
            acceleration.save(writer);
        }

        /** Goes on from where another run stood, of the same method on the same data and a model of the same shape. */
        public void restore(StateReader reader) {
            sweeps = reader.count();
            FeedforwardModel model = iterate.model().withVector(reader.vector());
            int states = reader.count();
            iterate = new Iterate(
                    model, Stream.generate(reader::matrix).limit(states).toList());
            acceleration.restore(reader);
        }

        private FeedforwardModel accelerated(FeedforwardModel image) {
            Optional<FeedforwardModel> proposal = acceleration
                    .propose(iterate.model().toVector(), image.toVector())
                    .map(vector -> method.sweep.refitted(image.withVector(vector), data));
            double loss = image.loss(data.u(), data.y());
            return proposal.filter(candidate -> candidate.loss(data.u(), data.y()) < loss)
                    .orElse(image);
        }
    }
}
