package org.implicitdl.train;

import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a {@link MultiLayerNetwork} of dense layers in place by block coordinate descent on Fenchel divergences (§4.2),
 * and, if asked to, polishes it by Levenberg–Marquardt steps.
 *
 * <pre>{@code
 * new BcdTrainer.Builder().sweeps(20).polishSteps(100).build().fit(net, iterator);
 * }</pre>
 *
 * <p>The network's own weights are where training starts from. Each sweep, and each step of the polish, sees all samples
 * and counts as one iteration and one epoch; listeners are told as by {@code net.fit}, and
 * find the network's gradient where they look for it, although the training does not use it. The network's updater, learning
 * rate and gradient normalization play no part. Squared loss (MSE, L2 with identity) and cross-entropy (MCXENT with
 * softmax, XENT with sigmoid) are trained, with any hidden activation of the Fenchel table and any depth.
 *
 * <p>An immutable configuration: any number of networks may be trained with one trainer.
 */
public final class BcdTrainer {
    private final BlockCoordinateDescent method;
    private final int sweeps;
    private final LevenbergMarquardt polish;
    private final int polishSteps;

    private BcdTrainer(Builder builder) {
        this.method = builder.method;
        this.sweeps = builder.sweeps;
        this.polish = builder.polish;
        this.polishSteps = builder.polishSteps;
    }

    /**
     * Trains a network on all samples of an iterator, which are held in memory at once.
     *
     * @throws UnsupportedNetworkException naming the layer, if the network holds what cannot be trained
     * @throws IllegalArgumentException if the data do not fit the network, or there are none
     * @throws org.implicitdl.operator.NonFiniteException if a feature or label is NaN or infinite
     * @throws org.implicitdl.train.bcd.BlockStepException if the problem of a block cannot be solved; the network then
     *     keeps the weights of the last sweep that ended
     */
    public void fit(MultiLayerNetwork net, DataSetIterator data) {
        fit(net, TrainingData.merged(data));
    }

    /** Trains a network on a data set; see {@link #fit(MultiLayerNetwork, DataSetIterator)}. */
    public void fit(MultiLayerNetwork net, DataSet data) {
        BcdTraining training = start(net, data);
        while (!training.isFinished()) {
            for (TrainingListener listener : net.getListeners()) {
                listener.onEpochStart(net);
            }
            training.iterate();
            for (TrainingListener listener : net.getListeners()) {
                listener.onEpochEnd(net);
            }
            net.incrementEpochCount();
        }
    }

    /**
     * A training of a network that the caller drives, one iteration at a time.
     *
     * @throws UnsupportedNetworkException naming the layer, if the network holds what cannot be trained
     */
    public BcdTraining start(MultiLayerNetwork net, DataSet data) {
        return new BcdTraining(method, sweeps, polish, polishSteps, net, data);
    }

    @Override
    public String toString() {
        return "BcdTrainer(" + method + ", " + sweeps + " sweeps"
                + (polishSteps == 0 ? "" : ", then at most " + polishSteps + " polishing steps") + ")";
    }

    /** Builds a {@link BcdTrainer}; without further ado: 20 accelerated sweeps with exact blocks, no polish. */
    public static final class Builder {
        private BlockCoordinateDescent method = BlockCoordinateDescent.exact().withAcceleration(5);
        private int sweeps = 20;
        private LevenbergMarquardt polish = LevenbergMarquardt.withDefaults();
        private int polishSteps;

        /** How blocks are solved: the default is {@link BlockCoordinateDescent#exact()}, accelerated over 5 sweeps. */
        public Builder method(BlockCoordinateDescent method) {
            this.method = Objects.requireNonNull(method, "method");
            return this;
        }

        /** How many sweeps over all blocks, at least 0. */
        public Builder sweeps(int sweeps) {
            this.sweeps = requireCount("number of sweeps", sweeps);
            return this;
        }

        /** How many Levenberg–Marquardt steps follow the sweeps at most, 0 for none. */
        public Builder polishSteps(int steps) {
            this.polishSteps = requireCount("number of polishing steps", steps);
            return this;
        }

        /** The limits of the polish. */
        public Builder polish(LevenbergMarquardt polish) {
            this.polish = Objects.requireNonNull(polish, "polish");
            return this;
        }

        /**
         * The trainer.
         *
         * @throws IllegalArgumentException if there are neither sweeps nor polishing steps
         */
        public BcdTrainer build() {
            if (sweeps + polishSteps == 0) {
                throw new IllegalArgumentException(
                        "There is nothing to do without sweeps and without polishing steps; ask for at least one.");
            }
            return new BcdTrainer(this);
        }

        private static int requireCount(String what, int count) {
            if (count < 0) {
                throw new IllegalArgumentException("The " + what + " must be at least 0, but is " + count + ".");
            }
            return count;
        }
    }
}
