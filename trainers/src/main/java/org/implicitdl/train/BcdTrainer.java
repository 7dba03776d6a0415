package org.implicitdl.train;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a {@link MultiLayerNetwork} in place by block coordinate descent on Fenchel divergences (§4.2): one of dense
 * layers, or one with an {@link org.implicitdl.layer.ImplicitLayer}; on all samples at once, and if asked to polished by
 * Levenberg–Marquardt steps, or by minibatches, which train an implicit layer between other layers, too. The builder's
 * {@code method} says which.
 *
 * <pre>{@code
 * new BcdTrainer.Builder().sweeps(20).polishSteps(100).build().fit(net, iterator);
 * }</pre>
 *
 * <p>The network's own weights are where training starts from. A sweep, and a step of the polish, sees all samples and counts
 * as one iteration and one epoch; with minibatches an iteration sees one of them, and a sweep is all of them. Listeners are
 * told as by {@code net.fit}, and find the network's gradient where they look for it, although the training does not use it.
 * The score is that of the weights after the sweep, and with minibatches that of the weights before the step on its batch, as
 * by {@code net.fit}; where layers are trained in turn, that between the two steps.
 *
 * <p>The network's updater, learning rate and gradient normalization play no part, but for {@link OtherLayers#TRAINED}.
 * Squared loss (MSE, L2 with identity) and cross-entropy (MCXENT with softmax, XENT with sigmoid) are trained, with any hidden
 * activation of the Fenchel table and any depth.
 *
 * <p>An immutable configuration: any number of networks may be trained with one trainer.
 */
public final class BcdTrainer {
    private final TrainingMethod method;
    private final int sweeps;
    private final Optional<CheckpointFile> checkpoint;

    private BcdTrainer(TrainingMethod method, int sweeps, Optional<CheckpointFile> checkpoint) {
        this.method = method;
        this.sweeps = sweeps;
        this.checkpoint = checkpoint;
    }

    /**
     * Trains a network on the samples of an iterator: in its batches, as they come, if the method takes minibatches; on
     * all of them at once, held in memory, otherwise.
     *
     * @throws UnsupportedNetworkException naming the layer, if the network holds what cannot be trained
     * @throws IllegalArgumentException if the data do not fit the network, or there are none
     * @throws org.implicitdl.operator.NonFiniteException if a feature or label is NaN or infinite
     * @throws org.implicitdl.train.bcd.BlockStepException if the problem of a block cannot be solved; the network then
     *     keeps the weights of the last iteration that ended
     */
    public void fit(MultiLayerNetwork net, DataSetIterator data) {
        finish(start(net, data));
    }

    private static void finish(BcdTraining training) {
        try (training) {
            while (!training.isFinished()) {
                training.iterate();
            }
        }
    }

    /** Trains a network on a data set, one batch; see {@link #fit(MultiLayerNetwork, DataSetIterator)}. */
    public void fit(MultiLayerNetwork net, DataSet data) {
        fit(net, single(data));
    }

    /**
     * Goes on with a training from its last checkpoint, to the parameters that it would have come to without the
     * interruption, to the bit if the same number of threads computes and no other layer that is trained in turn draws random
     * numbers, as for dropout. The iterator must be as new, and give the same
     * batches: one that shuffles must do so by a seed, at every reset.
     *
     * <p>With another number of sweeps the result is that of a training of this number, which may be raised so after the
     * last one; not with minibatches, the length of whose steps depends on it, and not once a polish has begun.
     *
     * @param net of the same configuration; its parameters and counts become those of the checkpoint
     * @throws CheckpointException if there is no checkpoint, if it is damaged, if it is one of another trainer, network or
     *     data, or of another number of sweeps where that matters; the network then stays as it is
     * @throws IllegalStateException if the trainer has no {@link Builder#checkpoint}
     */
    public void resume(MultiLayerNetwork net, DataSetIterator data) {
        if (checkpoint.isEmpty()) {
            throw new IllegalStateException(
                    "The trainer keeps no checkpoints; name their file by checkpoint(path, every) of its builder.");
        }
        finish(training(net, data, true));
    }

    /** The same on a data set, one batch. */
    public void resume(MultiLayerNetwork net, DataSet data) {
        resume(net, single(data));
    }

    /**
     * A training of a network that the caller drives, one iteration at a time.
     *
     * @throws UnsupportedNetworkException naming the layer, if the network holds what cannot be trained
     */
    public BcdTraining start(MultiLayerNetwork net, DataSetIterator data) {
        return training(net, data, false);
    }

    private BcdTraining training(MultiLayerNetwork net, DataSetIterator data, boolean resume) {
        Objects.requireNonNull(net, "The network is null; give the one to train.");
        Objects.requireNonNull(data, "The data are null; give the samples to train on.");
        return new BcdTraining(method, sweeps, net, batches(data), checkpoint, resume);
    }

    /** The same on a data set, one batch. */
    public BcdTraining start(MultiLayerNetwork net, DataSet data) {
        return start(net, single(data));
    }

    private static DataSetIterator single(DataSet data) {
        return new SingletonDataSetIterator(
                Objects.requireNonNull(data, "The data set is null; give the samples to train on."));
    }

    /** The batches of the iterations, from those of an iterator. */
    private DataSetIterator batches(DataSetIterator data) {
        return method.mergesBatches() ? new SingletonDataSetIterator(MergedBatches.of(data)) : data;
    }

    /** Whether checkpoints are written. */
    boolean keepsCheckpoints() {
        return checkpoint.isPresent();
    }

    @Override
    public String toString() {
        return "BcdTrainer(" + Count.of(sweeps, "sweep") + " of " + method + ")";
    }

    /** Builds a {@link BcdTrainer}; without further ado: 20 accelerated sweeps with exact blocks, no polish. */
    public static final class Builder {
        private TrainingMethod method = new FullBatchMethod(
                BlockCoordinateDescent.exact().withAcceleration(5), LevenbergMarquardt.withDefaults(), 0);
        private OtherLayers otherLayers = OtherLayers.FIXED;
        private int sweeps = 20;
        private Optional<LevenbergMarquardt> polish = Optional.empty();
        private int polishSteps;
        private Optional<CheckpointFile> checkpoint = Optional.empty();

        /** How blocks are solved: the default is {@link BlockCoordinateDescent#exact()}, accelerated over 5 sweeps. */
        public Builder method(BlockCoordinateDescent method) {
            this.method =
                    new FullBatchMethod(Objects.requireNonNull(method, "method"), LevenbergMarquardt.withDefaults(), 0);
            return this;
        }

        /**
         * Steps on one batch of the iterator after the other, for networks of dense layers, and for those with an
         * {@link org.implicitdl.layer.ImplicitLayer}; a sweep is an epoch. In the latter, other layers may come before the
         * implicit one, and after it; those after it must not couple samples or draw random numbers.
         */
        public Builder method(MinibatchDescent method) {
            this.method = new MinibatchMethod(Objects.requireNonNull(method, "method"), OtherLayers.FIXED);
            return this;
        }

        /**
         * Sweeps over all samples for a network with an {@link org.implicitdl.layer.ImplicitLayer}: layers before it stay as
         * they are; after it comes a {@code LossLayer}, or with {@code stateOutput(true)} an {@code OutputLayer}. The norm of A
         * stays within the layer's own bound, or a smaller one of the method, after every sweep and every step of the polish.
         * The network has the weights of the sweep, or those from before, whose own predictions were the best so far.
         */
        public Builder method(ImplicitDescent method) {
            this.method = new ImplicitMethod(Objects.requireNonNull(method, "method"), Optional.empty(), 0);
            return this;
        }

        /**
         * What becomes of the layers before and after an implicit layer that the descent does not train; they are fixed unless
         * this says otherwise, which minibatches only can do.
         */
        public Builder otherLayers(OtherLayers otherLayers) {
            this.otherLayers = Objects.requireNonNull(otherLayers, "otherLayers");
            return this;
        }

        /**
         * How many sweeps over all blocks, at least 0. The steps of minibatches are shortened towards the last sweep, by the
         * number of batches that the first one had: within the first sweep they are not.
         */
        public Builder sweeps(int sweeps) {
            this.sweeps = requireCount("number of sweeps", sweeps);
            return this;
        }

        /**
         * How many Levenberg–Marquardt steps on the training loss itself follow the sweeps at most, 0 for none; each lowers the
         * loss, or changes nothing. Not with minibatches, nor with a penalty of {@link ImplicitDescent}.
         */
        public Builder polishSteps(int steps) {
            this.polishSteps = requireCount("number of polishing steps", steps);
            return this;
        }

        /**
         * How the polish solves its systems, and the loss at which it ends. For implicit layers the limit of factorizations is
         * one of the parameters or of the predictions (samples times outputs), of the fewer.
         */
        public Builder polish(LevenbergMarquardt polish) {
            this.polish = Optional.of(Objects.requireNonNull(polish, "polish"));
            return this;
        }

        /**
         * Writes all that the training depends on to a file, after every so many sweeps and at the end, for
         * {@link BcdTrainer#resume(MultiLayerNetwork, DataSetIterator)}. The file is either whole or the one before; its
         * folder must be there when the training begins.
         *
         * @throws IllegalArgumentException if {@code every} is not positive
         */
        public Builder checkpoint(Path file, int every) {
            this.checkpoint = Optional.of(new CheckpointFile(Objects.requireNonNull(file, "file"), every));
            return this;
        }

        /**
         * The trainer.
         *
         * @throws IllegalArgumentException if there are neither sweeps nor polishing steps, if the method has no polish, or if
         *     {@link #polish} says how, but no steps were asked for
         */
        public BcdTrainer build() {
            if (sweeps == 0 && polishSteps == 0) {
                throw new IllegalArgumentException(
                        "There is nothing to do without sweeps and without polishing steps; ask for at least one.");
            }
            return new BcdTrainer(withOthers(polished()), sweeps, checkpoint);
        }

        private TrainingMethod polished() {
            if (polishSteps == 0) {
                requireNoPolish();
                return method;
            }
            if (method instanceof FullBatchMethod full) {
                return new FullBatchMethod(
                        full.descent(), polish.orElseGet(LevenbergMarquardt::withDefaults), polishSteps);
            }
            if (method instanceof ImplicitMethod implicit) {
                return new ImplicitMethod(implicit.descent(), polish, polishSteps);
            }
            throw new IllegalArgumentException("There is no polish after " + method
                    + "; leave out polishSteps, or train with BlockCoordinateDescent or ImplicitDescent.");
        }

        private void requireNoPolish() {
            if (polish.isPresent()) {
                throw new IllegalArgumentException("There are no polishing steps for " + polish.get() + " to take; "
                        + (method.mergesBatches()
                                ? "say how many by polishSteps, or leave out polish."
                                : "leave out polish, as there is none after " + method + "."));
            }
        }

        private TrainingMethod withOthers(TrainingMethod chosen) {
            if (otherLayers == OtherLayers.FIXED) {
                return chosen;
            }
            if (chosen instanceof MinibatchMethod minibatches) {
                return new MinibatchMethod(minibatches.descent(), otherLayers);
            }
            throw new IllegalArgumentException(
                    "Other layers are trained in turn with minibatches only, but the method is " + chosen
                            + "; choose MinibatchDescent, or leave out otherLayers.");
        }

        private static int requireCount(String what, int count) {
            if (count < 0) {
                throw new IllegalArgumentException("The " + what + " must be at least 0, but is " + count + ".");
            }
            return count;
        }
    }
}
